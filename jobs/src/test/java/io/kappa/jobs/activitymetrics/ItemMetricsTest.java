package io.kappa.jobs.activitymetrics;

import static io.kappa.jobs.activitymetrics.ActivityBuilder.event;
import static io.kappa.jobs.activitymetrics.ActivityBuilder.millis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kappa.common.event.Activity.Kind;
import io.kappa.common.job.Change;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link ItemMetrics} does with one item's events, barrier by barrier. */
class ItemMetricsTest {

  private static final String NOON = "2024-05-01T12:00:00Z";
  private static final String NOON_PAST = "2024-05-01T12:10:00Z";
  private static final String LAST_OF_NOON = "2024-05-01T12:59:59.999Z";
  private static final String ONE = "2024-05-01T13:00:00Z";

  static Stream<Named<StateBackend>> backends() {
    return Stream.of(
        Named.of("heap", new HashMapStateBackend()),
        Named.of("RocksDB", new EmbeddedRocksDBStateBackend()));
  }

  @Test
  void watchingAndTradeAreAddedUpByKind() throws Exception {
    try (ItemMetricsHarness job = ItemMetricsHarness.begin(new HashMapStateBackend())) {
      job.give(
              event("1", "book", NOON).by("ann").lasting(Kind.VIEW, 500L),
              event("2", "book", NOON).by("ann").lasting(Kind.PLAY, 70L),
              event("3", "book", NOON).by("bob").lasting(Kind.LIKE, 9_000L),
              event("4", "book", NOON).by("bob").lasting(Kind.VIEW, null),
              event("5", "book", NOON_PAST).trading(Kind.PURCHASE, 3L, 1_200L),
              event("6", "book", NOON_PAST).by("ann").trading(Kind.RETURN, -1L, -400L),
              event("7", "book", NOON_PAST).by("eve").trading(Kind.SHARE, 8L, 8_000L))
          .barrier();

      assertThat(job.hourly().values())
          .containsExactlyInAnyOrder(List.of("book", millis(NOON), 7L, 3L, 570L, 2L, 800L));
      assertThat(job.totals().values())
          .containsExactlyInAnyOrder(
              List.of("book", 7L, 2L, 800L, millis(NOON), millis(NOON_PAST)));
    }
  }

  @Test
  void aReturnWithPositiveFiguresIsTakenAsGiven() throws Exception {
    try (ItemMetricsHarness job = ItemMetricsHarness.begin(new HashMapStateBackend())) {
      job.give(event("1", "book", NOON).trading(Kind.RETURN, 2L, 300L)).barrier();

      assertThat(job.hourly().values())
          .containsExactlyInAnyOrder(List.of("book", millis(NOON), 1L, 0L, 0L, 2L, 300L));
    }
  }

  @Test
  void theHoursBorderBelongsToTheHourThatBegins() throws Exception {
    try (ItemMetricsHarness job = ItemMetricsHarness.begin(new HashMapStateBackend())) {
      job.give(event("1", "book", LAST_OF_NOON), event("2", "book", ONE)).barrier();

      assertThat(job.hourly().values())
          .containsExactlyInAnyOrder(
              List.of("book", millis(NOON), 1L, 0L, 0L, 0L, 0L),
              List.of("book", millis(ONE), 1L, 0L, 0L, 0L, 0L));
    }
  }

  @Test
  void anythingOutOfOrderGivesTheSameRows() throws Exception {
    try (ItemMetricsHarness job = ItemMetricsHarness.begin(new HashMapStateBackend())) {
      job.give(event("2", "book", ONE).by("ann"), event("1", "book", NOON).by("ann")).barrier();

      assertThat(job.hourly().values())
          .containsExactlyInAnyOrder(
              List.of("book", millis(NOON), 1L, 1L, 0L, 0L, 0L),
              List.of("book", millis(ONE), 1L, 1L, 0L, 0L, 0L));
      assertThat(job.totals().values())
          .containsExactlyInAnyOrder(List.of("book", 2L, 0L, 0L, millis(NOON), millis(ONE)));
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void copiesCountOnceInAQuietHourAndInABusyOne(StateBackend backend) throws Exception {
    List<ActivityBuilder> events = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      // One busy user, who has more ids than stand beside one, some others, and nobody.
      String user = i % 3 == 0 ? "ann" : i % 3 == 1 ? null : "user" + i % 7;
      events.add(event("b" + i, "busy", NOON).by(user).in("NO"));
      events.add(event("q" + i, "quiet" + i % 50, NOON).by(user));
    }
    List<ActivityBuilder> withCopies = new ArrayList<>(events);
    withCopies.addAll(events);
    Collections.shuffle(withCopies, new Random(7));

    try (ItemMetricsHarness job = ItemMetricsHarness.begin(backend)) {
      for (int i = 0; i < withCopies.size(); i++) {
        job.give(withCopies.get(i));
        if (i % 20 == 0) {
          job.barrier();
        }
      }
      job.barrier();

      Map<String, Map<List<Object>, List<Object>>> expected =
          ActivityMetricsOracle.tables(events.stream().map(ActivityBuilder::build).toList(), 0);
      assertThat(job.hourly()).isEqualTo(expected.get("item_hourly"));
      assertThat(job.totals()).isEqualTo(expected.get("item_totals"));
      assertThat(job.shares().stream().mapToLong(CountryHourly::events).sum()).isEqualTo(100);
    }
  }

  /** So many that buckets are split hundreds of times, before and after a restore. */
  @ParameterizedTest
  @MethodSource("backends")
  void copiesCountOnceHoweverManyThereAre(StateBackend backend) throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<ActivityBuilder> events = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      String user =
          switch (random.nextInt(4)) {
            case 0 -> "robot";
            case 1 -> null;
            case 2 -> "user" + random.nextInt(50);
            default -> "passer-by ö" + i;
          };
      events.add(event("id" + i, "busy", NOON).by(user));
    }
    // What differs only in its user, or by where the user ends and the id begins, is no copy.
    events.add(event("7", "busy", NOON).by("u1"));
    events.add(event("17", "busy", NOON).by("u"));
    events.add(event("u17", "busy", NOON));
    List<ActivityBuilder> withCopies = new ArrayList<>(events);
    withCopies.addAll(events);
    Collections.shuffle(withCopies, random);
    int half = withCopies.size() / 2;

    OperatorSubtaskState savepoint;
    try (ItemMetricsHarness job = ItemMetricsHarness.begin(backend)) {
      give(job, withCopies.subList(0, half), random);
      savepoint = job.savepoint();
    }
    try (ItemMetricsHarness job = ItemMetricsHarness.restore(backend, savepoint)) {
      give(job, withCopies.subList(half, withCopies.size()), random);

      assertThat(job.hourly())
          .as("seed %d", seed)
          .isEqualTo(
              ActivityMetricsOracle.tables(events.stream().map(ActivityBuilder::build).toList(), 0)
                  .get("item_hourly"));
    }
  }

  /** Else each event of a busy user would cost a read of all of that user's. */
  @Test
  void eachKeyIsKeptOnceAndNoBucketIsLong() throws Exception {
    Set<EventKey> given = new HashSet<>();
    try (ItemMetricsHarness job = ItemMetricsHarness.begin(new HashMapStateBackend())) {
      for (int i = 0; i < 3_000; i++) {
        String user = i % 3 == 0 ? "robot" : i % 3 == 1 ? null : "user" + i % 500;
        job.give(event("id" + i, "busy", NOON).by(user));
        given.add(EventKey.of(user, "id" + i));
      }
      job.barrier();

      List<List<EventKey>> buckets = job.buckets("busy", Hours.of(millis(NOON)));

      assertThat(buckets.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(given);
      assertThat(buckets).allMatch(bucket -> bucket.size() <= 40);
      assertThat(buckets).hasSizeBetween(500, 750);
    }
  }

  private static void give(ItemMetricsHarness job, List<ActivityBuilder> events, Random random)
      throws Exception {
    for (ActivityBuilder event : events) {
      job.give(event);
      if (random.nextInt(200) == 0) {
        job.barrier();
      }
    }
    job.barrier();
  }

  @Test
  void aRowThatManyEventsHitIsSentOncePerBarrier() throws Exception {
    try (ItemMetricsHarness job = ItemMetricsHarness.begin(new HashMapStateBackend())) {
      job.give(event("1", "book", NOON), event("2", "book", NOON), event("3", "book", NOON));
      assertThat(job.hourlyChanges()).isEmpty();

      job.barrier();

      assertThat(job.hourlyChanges())
          .containsExactly(Change.upsert(new ItemHourly("book", millis(NOON), 3, 0, 0, 0, 0)));
    }
  }

  @Test
  void moreRowsThanMayBeOpenAreSentWithoutABarrier() throws Exception {
    try (ItemMetricsHarness job = ItemMetricsHarness.begin(new HashMapStateBackend())) {
      for (int i = 0; i < ItemMetrics.MOST_OPEN / 2; i++) {
        job.give(event("e", "item" + i, NOON));
      }

      assertThat(job.hourly()).hasSize(ItemMetrics.MOST_OPEN / 2);
    }
  }

  /** More than half of what may be held, twice: the hour that ended holds nothing any more. */
  @Test
  void moreKeysThanMayBeHeldAreWrittenWithoutABarrier() throws Exception {
    int many = ItemMetrics.MOST_HELD * SpilledHour.PER_BUCKET * 6 / 10;
    try (ItemMetricsHarness job = ItemMetricsHarness.begin(new HashMapStateBackend())) {
      giveMany(job, many, NOON);
      job.watermark(millis(LAST_OF_NOON));
      giveMany(job, many, ONE);
      assertThat(job.totals()).isEmpty();

      giveMany(job, many, ONE);

      assertThat(job.totals()).hasSize(1);
      assertThat(job.stateOfHours()).containsExactly("event-keys of busy", "open-hours of busy");
      job.barrier();
      assertThat(job.totals().values()).extracting(row -> row.get(1)).containsExactly(3L * many);
    }
  }

  private int given;

  private void giveMany(ItemMetricsHarness job, int events, String at) throws Exception {
    for (int i = 0; i < events; i++) {
      given++;
      job.give(event("id" + given, "busy", at));
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void behindTheWatermarkOnlyTheTotalsAreLeft(StateBackend backend) throws Exception {
    try (ItemMetricsHarness job = ItemMetricsHarness.begin(backend)) {
      for (int i = 0; i < 100; i++) {
        job.give(event("id" + i, "busy", NOON).by(i % 2 == 0 ? "ann" : null));
      }
      job.give(event("a", "quiet", NOON), event("b", "quiet", ONE)).barrier();
      assertThat(job.timers()).isEqualTo(4); // one an hour, and one for what spilled
      assertThat(job.stateOfHours()).contains("open-hours of busy", "event-keys of busy");

      job.watermark(millis(LAST_OF_NOON) - 1);
      assertThat(job.timers()).isEqualTo(4);
      job.watermark(millis(LAST_OF_NOON));
      assertThat(job.timers()).isEqualTo(1);
      job.watermark(millis(ONE) + 3_600_000);
      assertThat(job.timers()).isEqualTo(0);

      job.barrier();
      assertThat(job.stateOfHours()).isEmpty();
    }
  }

  @Test
  void anHourThatEndsBeforeTheNextBarrierIsSentWhole() throws Exception {
    try (ItemMetricsHarness job = ItemMetricsHarness.begin(new HashMapStateBackend())) {
      job.give(event("1", "book", NOON));
      job.watermark(millis(ONE));
      job.barrier();

      assertThat(job.hourly().values())
          .containsExactlyInAnyOrder(List.of("book", millis(NOON), 1L, 0L, 0L, 0L, 0L));
      assertThat(job.totals().values())
          .containsExactlyInAnyOrder(List.of("book", 1L, 0L, 0L, millis(NOON), millis(NOON)));
    }
  }

  @Test
  void noWatermarkOvertakesACountrysShare() throws Exception {
    try (ItemMetricsHarness job = ItemMetricsHarness.begin(new HashMapStateBackend())) {
      job.give(
          event("1", "book", NOON).in("NO").trading(Kind.PURCHASE, 1L, 10L),
          event("2", "pen", NOON).in("NO").trading(Kind.PURCHASE, 1L, 5L),
          event("3", "pen", ONE).in("NO"),
          event("4", "pen", NOON));
      assertThat(job.shares()).isEmpty();

      job.watermark(millis(NOON) - 100_000);

      assertThat(job.shares())
          .containsExactlyInAnyOrder(
              new CountryHourly("NO", millis(NOON), 2, 15),
              new CountryHourly("NO", millis(ONE), 1, 0));
      assertThat(job.output()).last().isEqualTo(new Watermark(millis(NOON) - 100_000));
    }
  }

  @Test
  void anEventOfAFinishedHourIsRefusedRatherThanBeginningTheRowAnew() throws Exception {
    try (ItemMetricsHarness job = ItemMetricsHarness.begin(new HashMapStateBackend())) {
      job.give(event("1", "book", NOON));
      job.watermark(millis(LAST_OF_NOON));

      assertThatThrownBy(() -> job.give(event("2", "book", NOON_PAST)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "Item book got an event of the hour from 2024-05-01T12:00:00Z, but the watermark is"
                  + " 2024-05-01T12:59:59.999Z already; late events must be kept from the job");
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aSavepointGoesOnOnTheOtherBackend(StateBackend backend) throws Exception {
    StateBackend other =
        backend instanceof HashMapStateBackend
            ? new EmbeddedRocksDBStateBackend()
            : new HashMapStateBackend();
    OperatorSubtaskState savepoint;
    try (ItemMetricsHarness job = ItemMetricsHarness.begin(backend)) {
      for (int i = 0; i < 40; i++) {
        job.give(event("id" + i, "busy", NOON).by("user" + i % 4));
      }
      job.give(event("q", "quiet", NOON).by("ann"));
      savepoint = job.savepoint();
    }

    try (ItemMetricsHarness job = ItemMetricsHarness.restore(other, savepoint)) {
      for (int i = 0; i < 41; i++) {
        job.give(event("id" + i, "busy", NOON).by("user" + i % 4));
      }
      job.give(event("q", "quiet", NOON).by("ann"), event("r", "quiet", NOON_PAST).by("ann"));
      job.barrier();

      assertThat(job.hourly().values())
          .containsExactlyInAnyOrder(
              List.of("busy", millis(NOON), 41L, 4L, 0L, 0L, 0L),
              List.of("quiet", millis(NOON), 2L, 1L, 0L, 0L, 0L));
      assertThat(job.totals().values())
          .containsExactlyInAnyOrder(
              List.of("busy", 41L, 0L, 0L, millis(NOON), millis(NOON)),
              List.of("quiet", 2L, 0L, 0L, millis(NOON), millis(NOON_PAST)));
      job.watermark(millis(LAST_OF_NOON));
      assertThat(job.timers()).isEqualTo(0);
    }
  }
}
