package io.kappa.local.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kappa.common.event.Event;
import io.kappa.common.event.Transaction;
import io.kappa.common.event.serde.Decoded;
import io.kappa.common.event.serde.Topic;
import io.kappa.common.event.serde.Topics;
import io.kappa.common.job.StandardParameters;
import io.kappa.local.data.GeneratorSettings.Shares;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
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
  private static final Map<String, Integer> FOUR_EACH =
      Topics.all().stream().collect(Collectors.toMap(Topic::name, topic -> 4));

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
  void theTruthNamesEachFraudOfTheLogOnceAndSaysWhetherItCanBeRead() throws IOException {
    Path file = directory.resolve("truth.csv");
    WorldSettings settings = Worlds.with(Shares.NORMAL.with(0.05, 0.05, 0.05));
    MockProducer<byte[], byte[]> broker = Broker.withTopics(FOUR_EACH);

    Map<FraudKind, Long> onTime;
    try (FraudTruth truth = FraudTruth.of(settings, Optional.of(file))) {
      new WorldProducer(broker, new World(settings), truth).send(MANY, () -> false, UNHEARD);
      onTime = truth.onTime();
    }

    List<String> lines = Files.readAllLines(file);
    Reader log = Reader.of(broker.history(), 4).get("transactions");
    assertThat(lines.get(0)).isEqualTo("transaction_id,kind,at,record");
    assertThat(lines.stream().skip(1).filter(line -> !line.endsWith(",broken")))
        .isEqualTo(log.frauds(new Frauds(settings)));
    assertThat(lines).anyMatch(line -> line.endsWith(",late"));
    assertThat(lines.stream().filter(line -> line.endsWith(",broken")))
        .isNotEmpty()
        .noneMatch(line -> log.fates.containsKey(line.substring(0, line.indexOf(','))));
    onTime.forEach(
        (kind, count) ->
            assertThat(lines.stream().filter(line -> line.contains("," + kind + ",")))
                .filteredOn(line -> line.endsWith(",on_time"))
                .hasSize(Math.toIntExact(count)));
  }

  @Test
  void aTruthThatCannotBeWrittenIsRefused() {
    WorldSettings settings = Worlds.with(Shares.NONE);
    Optional<Path> missing = Optional.of(directory.resolve("missing/truth.csv"));

    assertThatThrownBy(() -> FraudTruth.of(settings, missing))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("Name a file in a directory that is there and has room");
  }

  @Test
  void atARateEachRecordIsSentWhenItsMomentHasCome() {
    WorldSettings settings =
        WorldSettings.live(
                GeneratorSettings.standard(1).withShares(Shares.NONE),
                Set.copyOf(Topics.all()),
                100,
                WorldSettings.LATEST_LIVE_LABEL)
            .withPayers(2_000, 4_000);
    MockProducer<byte[], byte[]> broker = Broker.withTopics(FOUR_EACH);
    List<Long> sentAt = new ArrayList<>();
    Pace pace = new WatchedPace(broker, sentAt);
    World world = new World(settings);
    World same = new World(settings);
    FraudTruth truth = FraudTruth.of(settings, Optional.empty());

    long sent =
        new WorldProducer(broker, world, truth, pace).sendAtRate(100, 2_000, () -> false, UNHEARD);

    assertThat(sent).isEqualTo(2_000);
    for (int i = 0; i < sentAt.size(); i++) {
      long due = TimeUnit.MILLISECONDS.toNanos(same.next().moment() - Worlds.START);
      assertThat(sentAt.get(i)).isBetween(due, due + TimeUnit.MILLISECONDS.toNanos(2));
    }
  }

  /** Time passes only while somebody rests; notes when each record was sent. */
  private static final class WatchedPace implements Pace {

    private final MockProducer<byte[], byte[]> broker;
    private final List<Long> sentAt;
    private long now;

    WatchedPace(MockProducer<byte[], byte[]> broker, List<Long> sentAt) {
      this.broker = broker;
      this.sentAt = sentAt;
    }

    @Override
    public long nanos() {
      return now;
    }

    @Override
    public void rest(long nanos) {
      while (sentAt.size() < broker.history().size()) {
        sentAt.add(now);
      }
      now += nanos;
    }
  }

  /** Reads a log as plainly as can be. */
  private static final class Reader {

    private final int partitions;
    private final Map<Integer, Long> highWater = new HashMap<>();
    private final Set<ByteBuffer> seen = new HashSet<>();
    private final List<Transaction> transactions = new ArrayList<>();
    private final Map<String, String> fates = new HashMap<>();
    private long records;
    private long late;
    private long broken;
    private long copies;

    Reader(int partitions) {
      this.partitions = partitions;
    }

    static Map<String, Reader> of(List<ProducerRecord<byte[], byte[]>> log, int partitions) {
      Map<String, Reader> readers = new HashMap<>();
      for (ProducerRecord<byte[], byte[]> record : log) {
        readers.computeIfAbsent(record.topic(), name -> new Reader(partitions)).read(record);
      }
      return readers;
    }

    static Map<Topic<?>, TopicCounts> counts(
        List<ProducerRecord<byte[], byte[]>> log, int partitions) {
      Map<Topic<?>, TopicCounts> counts = new HashMap<>();
      of(log, partitions)
          .forEach(
              (name, reader) ->
                  counts.put(
                      Topics.named(name).orElseThrow(),
                      new TopicCounts(reader.records, reader.late, reader.broken, reader.copies)));
      return counts;
    }

    /** The lines of the truth about what can be read. */
    List<String> frauds(Frauds frauds) {
      List<String> lines = new ArrayList<>();
      for (Transaction transaction : transactions) {
        frauds
            .of(transaction)
            .ifPresent(
                kind ->
                    lines.add(
                        String.join(
                            ",",
                            transaction.transactionId(),
                            kind.toString(),
                            Instant.ofEpochMilli(transaction.at()).toString(),
                            fates.get(transaction.transactionId()))));
      }
      return lines;
    }

    private void read(ProducerRecord<byte[], byte[]> record) {
      records++;
      Decoded<? extends Event> decoded =
          Topics.named(record.topic()).orElseThrow().decoder().decode(record.value());
      if (!(decoded instanceof Decoded.Ok<? extends Event> ok)) {
        broken++;
        return;
      }
      boolean first = seen.add(ByteBuffer.wrap(record.value()));
      copies += first ? 0 : 1;
      int partition =
          record.partition() != null
              ? record.partition()
              : BuiltInPartitioner.partitionForKey(record.key(), partitions);
      long at = ok.event().at();
      long highest = highWater.getOrDefault(partition, at);
      boolean isLate = highest - at > 24 * 3_600_000L;
      if (isLate) {
        late++;
      } else {
        highWater.put(partition, Math.max(highest, at));
      }
      if (first && ok.event() instanceof Transaction transaction) {
        transactions.add(transaction);
        fates.put(transaction.transactionId(), isLate ? "late" : "on_time");
      }
    }
  }
}
