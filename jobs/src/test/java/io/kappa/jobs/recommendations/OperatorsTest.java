package io.kappa.jobs.recommendations;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.common.event.Activity;
import io.kappa.common.event.Activity.Kind;
import io.kappa.common.job.Change;
import io.kappa.jobs.recommendations.RecommendationsOracle.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the operators make of some users and items, barrier by barrier. */
class OperatorsTest {

  /** Exact weights, so that a recommendation's score is the cosine to six places. */
  private static final Bounds WIDE = new Bounds(50, 500, 1, 5, 20, 1_000);

  static Stream<Named<StateBackend>> backends() {
    return Stream.of(
        Named.of("heap", new HashMapStateBackend()),
        Named.of("RocksDB", new EmbeddedRocksDBStateBackend()));
  }

  private static Activity event(String user, String item, long at) {
    return new Activity(user + item + at, user, item, Kind.VIEW, at, null, null, null, null, null);
  }

  private static JobHarness begin(Bounds bounds) throws Exception {
    return JobHarness.begin(bounds, new HashMapStateBackend());
  }

  private static Map<String, Map<List<Object>, List<Object>>> oracle(
      Bounds bounds, List<Activity> events) {
    return RecommendationsOracle.tables(
        events,
        new Settings(
            Settings.defaults().kinds(),
            bounds.history(),
            bounds.audience(),
            bounds.minTogether(),
            bounds.seeds(),
            bounds.weightBits()));
  }

  @Test
  void itemsOfTheSameUsersAreSimilarAndRecommendEachOther() throws Exception {
    try (JobHarness job = begin(WIDE)) {
      job.give(event("ann", "cup", 1)).give(event("ann", "tea", 2));
      job.give(event("bob", "cup", 3)).give(event("bob", "tea", 4)).give(event("eve", "cup", 5));
      job.barrier();

      double cosine = 2 / Math.sqrt(6);
      assertThat(job.rows(SimilarItem.TABLE))
          .containsExactlyInAnyOrder(
              List.of("cup", 1, "tea", cosine, 2L), List.of("tea", 1, "cup", cosine, 2L));
      assertThat(job.rows(UserRecommendation.TABLE))
          .containsExactly(List.of("eve", 1, "tea", 0.816496));
    }
  }

  @Test
  void copiesAndOlderInterestChangeNothing() throws Exception {
    try (JobHarness job = begin(WIDE)) {
      job.give(event("ann", "cup", 5)).give(event("ann", "tea", 5)).barrier();
      List<Change<SimilarItem>> before = job.similarChanges();
      Map<String, Integer> entries = job.stateEntries();

      job.give(event("ann", "cup", 5)).give(event("ann", "tea", 4)).barrier();

      assertThat(job.similarChanges()).isEqualTo(before);
      assertThat(job.stateEntries()).isEqualTo(entries);
    }
  }

  @Test
  void whatManyEventsChangeIsSentOncePerBarrier() throws Exception {
    try (JobHarness job = begin(WIDE)) {
      for (int i = 0; i < 10; i++) {
        job.give(event("user" + i, "cup", i)).give(event("user" + i, "tea", i));
      }
      assertThat(job.similarChanges()).isEmpty();

      job.barrier();

      assertThat(job.similarChanges())
          .containsExactlyInAnyOrder(
              Change.upsert(new SimilarItem("cup", 1, "tea", 1, 10)),
              Change.upsert(new SimilarItem("tea", 1, "cup", 1, 10)));
    }
  }

  @Test
  void aListThatChangesIsToldToItsFollowersInOneMessage() throws Exception {
    List<UserShare> told = new ArrayList<>();
    Predicate<Object> listens =
        sent -> {
          if (sent instanceof UserShare share && share.users().size() > 1) {
            told.add(share);
          }
          return true;
        };
    List<Activity> events = new ArrayList<>();
    try (JobHarness job = JobHarness.begin(WIDE, new HashMapStateBackend(), listens)) {
      for (int i = 0; i < 100; i++) {
        events.add(event("user" + i, "cup", i));
      }
      events.add(event("user0", "tea", 200));
      for (Activity event : events) {
        job.give(event);
      }
      job.barrier();

      assertThat(told)
          .singleElement()
          .satisfies(share -> assertThat(share.users()).hasSize(100))
          .satisfies(share -> assertThat(share.items().ids()).containsExactly("tea"));
      assertThat(job.tables()).isEqualTo(oracle(WIDE, events));
    }
  }

  @Test
  void anItemThatFallsOutOfAHistoryLeavesItsPairsAndItsRows() throws Exception {
    Bounds two = new Bounds(2, 500, 1, 5, 20, 1_000);
    try (JobHarness job = begin(two)) {
      job.give(event("ann", "cup", 1)).give(event("ann", "tea", 2)).barrier();
      assertThat(job.rows(SimilarItem.TABLE)).hasSize(2);

      job.give(event("ann", "pot", 3)).barrier();

      assertThat(job.rows(SimilarItem.TABLE))
          .containsExactlyInAnyOrder(
              List.of("tea", 1, "pot", 1.0, 1L), List.of("pot", 1, "tea", 1.0, 1L));
      assertThat(job.similarChanges())
          .contains(Change.delete(new SimilarItem("cup", 1, "tea", 1, 1)));
    }
  }

  @Test
  void aUserWhoIsPushedOutOfAnAudienceNoLongerPairsItsItem() throws Exception {
    Bounds two = new Bounds(50, 2, 1, 5, 20, 1_000);
    try (JobHarness job = begin(two)) {
      job.give(event("ann", "cup", 1)).give(event("ann", "tea", 1)).barrier();
      assertThat(job.rows(SimilarItem.TABLE)).hasSize(2);

      job.give(event("bob", "cup", 2)).give(event("eve", "cup", 3)).barrier();

      assertThat(job.rows(SimilarItem.TABLE)).isEmpty();
    }
  }

  @Test
  void aUserWhoIsPushedOutComesBackWithNewerInterest() throws Exception {
    Bounds two = new Bounds(50, 2, 1, 5, 20, 1_000);
    try (JobHarness job = begin(two)) {
      job.give(event("ann", "cup", 1)).give(event("ann", "tea", 1)).give(event("bob", "cup", 2));
      job.give(event("eve", "cup", 3)).barrier();

      job.give(event("ann", "cup", 4)).barrier();

      double cosine = 1 / Math.sqrt(2);
      assertThat(job.rows(SimilarItem.TABLE))
          .containsExactlyInAnyOrder(
              List.of("cup", 1, "tea", cosine, 1L), List.of("tea", 1, "cup", cosine, 1L));
    }
  }

  @Test
  void equalTimesAreDecidedById() throws Exception {
    Bounds two = new Bounds(2, 500, 1, 5, 20, 1_000);
    try (JobHarness job = begin(two)) {
      job.give(event("ann", "c", 1)).give(event("ann", "b", 1)).give(event("ann", "a", 1));
      job.barrier();

      assertThat(job.rows(SimilarItem.TABLE))
          .containsExactlyInAnyOrder(List.of("a", 1, "b", 1.0, 1L), List.of("b", 1, "a", 1.0, 1L));
    }
  }

  @Test
  void whatAUserHasHadIsNoLongerRecommendedAndIsAgainOnceItIsForgotten() throws Exception {
    Bounds two = new Bounds(2, 500, 1, 5, 20, 1_000);
    try (JobHarness job = begin(two)) {
      job.give(event("ann", "cup", 1)).give(event("ann", "tea", 1)).give(event("bob", "cup", 1));
      job.barrier();
      assertThat(job.rows(UserRecommendation.TABLE))
          .containsExactly(List.of("bob", 1, "tea", 0.707106));

      job.give(event("bob", "tea", 2)).barrier();
      assertThat(job.rows(UserRecommendation.TABLE)).isEmpty();

      job.give(event("bob", "pot", 4)).give(event("bob", "cup", 3)).barrier();
      assertThat(job.rows(UserRecommendation.TABLE))
          .containsExactlyInAnyOrder(
              List.of("ann", 1, "pot", 0.707106), List.of("bob", 1, "tea", 0.5));
    }
  }

  @Test
  void tooFewUsersInCommonAreNoSimilarity() throws Exception {
    Bounds atLeastTwo = new Bounds(50, 500, 2, 5, 20, 1_000);
    try (JobHarness job = begin(atLeastTwo)) {
      job.give(event("ann", "cup", 1)).give(event("ann", "tea", 1)).barrier();
      assertThat(job.rows(SimilarItem.TABLE)).isEmpty();

      job.give(event("bob", "cup", 1)).give(event("bob", "tea", 1)).barrier();
      assertThat(job.rows(SimilarItem.TABLE)).hasSize(2);
    }
  }

  @Test
  void onlyTheTwentyMostSimilarAreListed() throws Exception {
    List<Activity> events = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      for (int user = 0; user <= i; user++) {
        events.add(event("user" + user, "item" + i, i));
      }
    }
    try (JobHarness job = begin(WIDE)) {
      for (Activity event : events) {
        job.give(event);
      }
      job.barrier();

      assertThat(job.rows(SimilarItem.TABLE)).hasSize(600);
      assertThat(job.tables()).isEqualTo(oracle(WIDE, events));
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aSavepointGoesOnOnTheOtherBackend(StateBackend backend) throws Exception {
    StateBackend other =
        backend instanceof HashMapStateBackend
            ? new EmbeddedRocksDBStateBackend()
            : new HashMapStateBackend();
    Bounds narrow = new Bounds(4, 4, 1, 2, 3, 1_000);
    List<Activity> events =
        IntStream.range(0, 120)
            .mapToObj(i -> event("user" + i * 7 % 11, "item" + i * 5 % 13, i / 3))
            .toList();
    Map<String, OperatorSubtaskState> savepoint;
    JobHarness first = JobHarness.begin(narrow, backend);
    try (first) {
      for (Activity event : events.subList(0, 60)) {
        first.give(event);
      }
      savepoint = first.savepoint();
    }

    try (JobHarness job = JobHarness.restore(narrow, other, savepoint, first)) {
      for (Activity event : events.subList(60, 120)) {
        job.give(event);
      }
      job.barrier();

      assertThat(job.tables()).isEqualTo(oracle(narrow, events));
    }
  }

  @Test
  void stateIsBoundedPerKeyAndNoTimerIsEverSet() throws Exception {
    Bounds narrow = new Bounds(3, 3, 1, 2, 20, 1_000);
    try (JobHarness job = begin(narrow)) {
      for (int i = 0; i < 400; i++) {
        job.give(event("user" + i % 20, "item" + i % 19, i)).barrier();
      }
      job.watermark(1_000);

      assertThat(job.timers()).isZero();
      Map<String, Integer> bounds =
          Map.of(
              "audiences", 3,
              "histories", 3,
              "together", 3 * (3 - 1),
              "lists", 20,
              "followers", 3,
              "sums", 2 * 20 + 3);
      assertThat(job.largest())
          .hasSize(bounds.size())
          .allSatisfy((state, most) -> assertThat(most).as(state).isBetween(1, bounds.get(state)));
    }
  }
}
