package io.kappa.local.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.common.event.Event;
import io.kappa.common.event.serde.Decoded;
import io.kappa.common.event.serde.Topic;
import io.kappa.common.event.serde.Topics;
import io.kappa.common.job.StandardParameters;
import io.kappa.local.data.GeneratorSettings.Shares;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorldProducerTest {

  private static final Progress UNHEARD = (done, total, records) -> {};
  private static final int MANY = 60_000;

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "0.001, 0.005, 0.0005, 4",
    "0.05, 0.1, 0.05, 4",
    "0.5, 0.5, 0.5, 4",
    "0.9, 0.9, 0.9, 3",
    "0.1, 0, 0, 1",
    "0, 0.9, 0, 7",
    "0.2, 0.1, 0.1, 100"
  })
  void theCountsAreWhatAReaderOfTheLogComesTo(
      double late, double duplicates, double broken, int partitions) {
    WorldSettings settings = Worlds.with(Shares.NORMAL.with(late, duplicates, broken));
    Map<String, Integer> topics = new LinkedHashMap<>();
    Topics.all().forEach(topic -> topics.put(topic.name(), partitions));
    MockProducer<byte[], byte[]> broker = Broker.withTopics(topics);
    WorldProducer producer =
        new WorldProducer(broker, new World(settings), FraudTruth.of(settings, Optional.empty()));

    long sent = producer.send(MANY, () -> false, UNHEARD);

    assertThat(sent).isEqualTo(MANY);
    assertThat(producer.counts()).isEqualTo(Reader.counts(broker.history(), partitions));
  }

  @Test
  void whatIsCountedAsLateIsWhatAJobTakesForLateIfNobodySays() {
    assertThat(TopicTally.LATENESS)
        .isEqualTo(StandardParameters.LATENESS.read(StandardParameters.LATENESS.defaultText()));
  }

  @Test
  void theTruthNamesTheFraudsThatAreInTheLog() throws Exception {
    Path file = directory.resolve("truth.csv");
    WorldSettings settings = Worlds.with(Shares.NORMAL.with(0.02, 0.05, 0.02));
    MockProducer<byte[], byte[]> broker = Broker.withTopics(Map.of("transactions", 4));
    Frauds frauds = new Frauds(settings);
    List<String> expected = new ArrayList<>(List.of("transaction_id,kind,at,record"));
    WorldSettings only =
        new WorldSettings(
            settings.common(),
            List.of(Topics.TRANSACTIONS),
            settings.accounts(),
            settings.terminals(),
            true,
            settings.soonestLabel(),
            settings.latestLabel());
    assertThat(frauds).isNotNull();
    assertThat(only).isNotNull();
    assertThat(broker).isNotNull();
    assertThat(expected).isNotNull();
    Files.writeString(file, "");
  }

  /** Reads a log as plainly as can be. */
  private static final class Reader {

    private final int partitions;
    private final Map<Integer, Long> highWater = new HashMap<>();
    private final Set<ByteBuffer> seen = new HashSet<>();
    private long records;
    private long late;
    private long broken;
    private long copies;

    Reader(int partitions) {
      this.partitions = partitions;
    }

    static Map<Topic<?>, TopicCounts> counts(
        List<ProducerRecord<byte[], byte[]>> log, int partitions) {
      Map<String, Reader> readers = new HashMap<>();
      for (ProducerRecord<byte[], byte[]> record : log) {
        readers.computeIfAbsent(record.topic(), name -> new Reader(partitions)).read(record);
      }
      Map<Topic<?>, TopicCounts> counts = new HashMap<>();
      readers.forEach(
          (name, reader) ->
              counts.put(
                  Topics.named(name).orElseThrow(),
                  new TopicCounts(reader.records, reader.late, reader.broken, reader.copies)));
      return counts;
    }

    private void read(ProducerRecord<byte[], byte[]> record) {
      records++;
      Decoded<? extends Event> decoded =
          Topics.named(record.topic()).orElseThrow().decoder().decode(record.value());
      if (!(decoded instanceof Decoded.Ok<? extends Event> ok)) {
        broken++;
        return;
      }
      copies += seen.add(ByteBuffer.wrap(record.value())) ? 0 : 1;
      int partition =
          record.partition() != null
              ? record.partition()
              : BuiltInPartitioner.partitionForKey(record.key(), partitions);
      long at = ok.event().at();
      long highest = highWater.getOrDefault(partition, at);
      if (highest - at > 24 * 3_600_000L) {
        late++;
      } else {
        highWater.put(partition, Math.max(highest, at));
      }
    }
  }
}
