package io.kappa.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kappa.common.event.Event;
import io.kappa.common.event.serde.Decoded;
import io.kappa.common.event.serde.Topic;
import io.kappa.common.event.serde.Topics;
import io.kappa.control.exact.ReadLog;
import io.kappa.local.junit.LocalStack;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What {@code generate} says of a log, against the log as a plain consumer reads it. */
class GenerateIT {

  @RegisterExtension static final LocalStack STACK = LocalStack.brokerAndStore();

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Other tests of the same stack have a topic activity of their own. */
  private static final List<Topic<?>> TOPICS =
      List.of(Topics.POSTS, Topics.FOLLOWS, Topics.TRANSACTIONS, Topics.LABELS, Topics.RULES);

  @TempDir private Path directory;

  @Test
  void theCountsAreWhatEachPartitionOfTheLogHolds() throws Exception {
    Path truth = directory.resolve("truth.csv");
    List<String> words = new ArrayList<>(List.of("generate", "--events=20000", "--json"));
    words.addAll(List.of("--late=0.02", "--broken=0.02", "--duplicates=0.05", "--truth=" + truth));
    TOPICS.forEach(topic -> words.add("--topic=" + topic.name()));

    JsonNode facts = JSON.readTree(kappa(words));

    for (Topic<?> topic : TOPICS) {
      int partitions = topic.equals(Topics.RULES) ? 1 : 4;
      ReadLog log = ReadLog.of(STACK.bootstrapServers(), topic.name(), partitions);
      long[] read = new long[3];
      log.partitions().values().forEach(partition -> count(topic, partition, read));
      JsonNode said = facts.path("topics").path(topic.name());
      assertThat(read)
          .as(topic.name())
          .containsExactly(
              said.path("records").asLong(),
              said.path("late").asLong(),
              said.path("broken").asLong());
      assertThat(log.partitions().values()).noneMatch(List::isEmpty);
    }
    long frauds = 0;
    for (JsonNode kind : facts.path("frauds")) {
      frauds += kind.asLong();
    }
    assertThat(Files.readAllLines(truth).stream().filter(line -> line.endsWith(",on_time")))
        .hasSize(Math.toIntExact(frauds))
        .isNotEmpty();
  }

  /** Adds up records, late and broken ones of a partition, by the rule as the design puts it. */
  private static void count(
      Topic<?> topic, List<ConsumerRecord<byte[], byte[]>> partition, long[] read) {
    long highest = Long.MIN_VALUE;
    for (ConsumerRecord<byte[], byte[]> record : partition) {
      read[0]++;
      Decoded<? extends Event> decoded = topic.decoder().decode(record.value());
      if (!(decoded instanceof Decoded.Ok<? extends Event> ok)) {
        read[2]++;
      } else if (ok.event().at() + 24 * 3_600_000L < highest) {
        read[1]++;
      } else {
        highest = Math.max(highest, ok.event().at());
      }
    }
  }

  private static String kappa(List<String> words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Terminal terminal =
        new Terminal(
            InputStream.nullInputStream(), new PrintWriter(out), new PrintWriter(err), false);
    Installation installation =
        new Installation(STACK.stack().config().home(), STACK.stack().config().data());
    int code = Kappa.commandLine(installation, terminal).execute(words.toArray(String[]::new));
    assertThat(code).as(err.toString()).isZero();
    return out.toString();
  }
}
