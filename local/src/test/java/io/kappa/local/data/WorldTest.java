package io.kappa.local.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kappa.common.event.Event;
import io.kappa.common.event.serde.Decoded;
import io.kappa.common.event.serde.Topic;
import io.kappa.common.event.serde.Topics;
import io.kappa.local.data.GeneratorSettings.Shares;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

class WorldTest {

  private static final WorldSettings NORMAL = Worlds.with(Shares.NORMAL);

  @Test
  void theSameSettingsMakeTheSameBytesOnAnyMachine() throws NoSuchAlgorithmException {
    assertThat(hashes(NORMAL))
        .isEqualTo(
            Map.of(
                Topics.ACTIVITY, "55a054cc9aa66a37",
                Topics.POSTS, "1c281b2a3b038185",
                Topics.FOLLOWS, "c2e8dbb2de35023a",
                Topics.TRANSACTIONS, "9b99ae30c4a724b9",
                Topics.LABELS, "8b7982a268bf7fec",
                Topics.RULES, "298cc7b6ad31a41d"));
  }

  @Test
  void anotherSeedMakesOtherEventsOfEachTopic() {
    WorldSettings other =
        WorldSettings.history(
            NORMAL.common().withSeed(8),
            Set.copyOf(Topics.all()),
            Worlds.RECORDS,
            WorldSettings.SPAN,
            WorldSettings.LATEST_LABEL);

    Map<Topic<?>, String> first = firstValues(NORMAL);
    Map<Topic<?>, String> second = firstValues(other);

    assertThat(first.keySet()).isEqualTo(Set.copyOf(Topics.all()));
    // Rules carry no id of the run: they say the same in every world.
    first.remove(Topics.RULES);
    assertThat(first).allSatisfy((topic, value) -> assertThat(second).doesNotContainValue(value));
  }

  @Test
  void allTopicsFillTheSameSpanInOrderEachWithItsShare() {
    World world = new World(NORMAL);
    Map<Topic<?>, Integer> perTopic = new HashMap<>();
    List<Long> moments = new ArrayList<>();
    for (int i = 0; i < Worlds.RECORDS; i++) {
      GeneratedRecord<?> record = world.next();
      moments.add(record.moment());
      perTopic.merge(record.topic(), 1, Integer::sum);
    }

    assertThat(moments).isSorted();
    assertThat(moments.get(0)).isEqualTo(Worlds.START);
    assertThat(moments.get(Worlds.RECORDS - 1) - Worlds.START)
        .isBetween(59 * Worlds.DAY, 60 * Worlds.DAY);
    assertShare(perTopic, Topics.ACTIVITY, 0.50);
    assertShare(perTopic, Topics.TRANSACTIONS, 0.25);
    assertShare(perTopic, Topics.POSTS, 0.14);
    assertShare(perTopic, Topics.FOLLOWS, 0.05);
    assertShare(perTopic, Topics.LABELS, 0.056);
    assertThat(perTopic.get(Topics.RULES)).isBetween(60, 60 * 10);
  }

  private static void assertShare(Map<Topic<?>, Integer> perTopic, Topic<?> topic, double share) {
    assertThat(perTopic.get(topic) / (double) Worlds.RECORDS)
        .as(topic.name())
        .isCloseTo(share, within(share / 30));
  }

  @Test
  void activityAloneIsWhatItsOwnGeneratorMakes() {
    GeneratorSettings settings = GeneratorSettings.standard(7).over(100_000, Duration.ofDays(7));
    World world =
        new World(
            WorldSettings.history(
                GeneratorSettings.standard(7),
                Set.of(Topics.ACTIVITY),
                100_000,
                Duration.ofDays(7),
                WorldSettings.LATEST_LABEL));
    RecordStream<?> own = ActivityGenerator.records(settings);

    for (int i = 0; i < 10_000; i++) {
      Message message = world.next().message();
      Message expected = own.next();
      assertThat(message.value()).isEqualTo(expected.value());
      assertThat(message.key()).isEqualTo(expected.key());
    }
  }

  @Test
  void everyPartitionOfEveryTopicMovesAllAlong() {
    World world = new World(NORMAL);
    Map<List<Object>, Long> lastMoved = new HashMap<>();
    Map<Topic<?>, Long> longestPause = new HashMap<>();
    // Labels are few until the slowest of them come too.
    long settled = Worlds.START + 7 * Worlds.DAY;
    for (int i = 0; i < Worlds.RECORDS; i++) {
      GeneratedRecord<?> record = world.next();
      if (!record.broken()) {
        int partition = partition(record.topic(), record.message());
        long at = record.moment();
        Long before = lastMoved.put(List.of(record.topic(), partition), at);
        if (at > settled) {
          longestPause.merge(
              record.topic(), at - Objects.requireNonNull(before, "first event"), Math::max);
        }
      }
    }

    assertThat(lastMoved).hasSize(5 * TopicCreation.PARTITIONS + 1);
    assertThat(longestPause.keySet()).isEqualTo(Set.copyOf(Topics.all()));
    longestPause.forEach(
        (topic, pause) ->
            assertThat(pause).as(topic.name()).isLessThan(Duration.ofHours(8).toMillis()));
  }

  @Test
  void beforeAPartitionHasComeToSomeTimeNothingIsLate() {
    WorldSettings nasty = Worlds.with(Shares.NORMAL.with(0.9, 0.9, 0.9));
    for (Topic<?> topic : List.of(Topics.POSTS, Topics.FOLLOWS, Topics.TRANSACTIONS)) {
      RecordStream<?> records = World.records(nasty, topic);
      Set<Integer> partitions = new HashSet<>();
      for (int i = 0; i < World.FLAWLESS_AT_FIRST; i++) {
        GeneratedRecord<?> record = records.nextRecord();
        assertThat(record.event().at()).isEqualTo(record.moment());
        assertThat(record.broken() || record.copy()).isFalse();
        partitions.add(partition(topic, record.message()));
      }
      assertThat(partitions).hasSize(TopicCreation.PARTITIONS);
    }
  }

  @Test
  void whereNearlyNothingIsUsableLabelsWouldNeverCome() {
    assertThatThrownBy(() -> Worlds.with(Shares.NORMAL.with(0, 0, 0.95)))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("share broken: 0.95; allowed: 0 to 0.9");
    assertThatThrownBy(() -> Worlds.with(Shares.NORMAL, Set.of(Topics.LABELS)))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(
            "topics: [labels]; allowed: labels together with the transactions that they are of");
  }

  @Test
  void atARateEventTimeIsTheClockAndLabelsComeSoon() {
    long now = 1_800_000_000_000L;
    World world =
        new World(
            WorldSettings.live(
                    GeneratorSettings.standard(1).from(now).withShares(Shares.NONE),
                    Set.copyOf(Topics.all()),
                    100,
                    WorldSettings.LATEST_LIVE_LABEL)
                .withPayers(2_000, 4_000));
    long labels = 0;
    long end = now;
    for (int i = 0; i < 100 * 600; i++) {
      GeneratedRecord<?> record = world.next();
      assertThat(record.event().at()).isEqualTo(record.moment());
      labels += record.topic().equals(Topics.LABELS) ? 1 : 0;
      end = record.moment();
    }

    assertThat(end - now).isCloseTo(600_000, within(30_000L));
    assertThat(labels).isGreaterThan(1_500);
  }

  private static int partition(Topic<?> topic, Message message) {
    int count = TopicCreation.partitionsOf(topic.name());
    return message.key() == null
        ? Partitions.of(null, message.value(), count)
        : BuiltInPartitioner.partitionForKey(message.key(), count);
  }

  private static Map<Topic<?>, String> firstValues(WorldSettings settings) {
    World world = new World(settings);
    Map<Topic<?>, String> first = new HashMap<>();
    while (first.size() < Topics.all().size()) {
      GeneratedRecord<?> record = world.next();
      first.putIfAbsent(record.topic(), text(record));
    }
    return first;
  }

  private static String text(GeneratedRecord<?> record) {
    Decoded<? extends Event> decoded = record.topic().decoder().decode(record.message().value());
    return decoded.toString();
  }

  /** Of each topic's first records, the beginning of their hash. */
  private static Map<Topic<?>, String> hashes(WorldSettings settings)
      throws NoSuchAlgorithmException {
    Map<Topic<?>, String> hashes = new HashMap<>();
    for (Topic<?> topic : Topics.all()) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      RecordStream<?> records = World.records(settings, topic);
      for (int i = 0; i < 20_000; i++) {
        Message message = records.next();
        digest.update(message.key() == null ? new byte[] {0} : message.key());
        digest.update(message.value() == null ? new byte[] {0} : message.value());
      }
      hashes.put(topic, HexFormat.of().formatHex(digest.digest()).substring(0, 16));
    }
    return hashes;
  }
}
