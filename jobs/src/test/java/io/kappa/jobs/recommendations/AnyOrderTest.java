package io.kappa.jobs.recommendations;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.common.event.Activity;
import io.kappa.common.event.Activity.Kind;
import io.kappa.common.job.Change;
import io.kappa.jobs.recommendations.RecommendationsOracle.Settings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same events in any order, with any operator closing at any time, and with barriers between:
 * the oracle's tables. And without what makes it so: others.
 */
class AnyOrderTest {

  private static final String[] STAGES = {"audiences", "histories", "similar", "users"};

  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyOrderGivesTheOraclesTables(long seed) throws Exception {
    Bounds bounds = bounds(new Random(seed));
    List<Activity> events = events(new Random(seed));

    assertThat(tables(seed, bounds, events, sent -> true))
        .as("seed %d, %s", seed, bounds)
        .isEqualTo(expected(bounds, events));
  }

  @Test
  void withoutTheWordToWhomIsPushedOutTheTablesAreWrong() throws Exception {
    assertThat(wrong(sent -> !(sent instanceof Visit visit) || visit.counted())).isPositive();
  }

  @Test
  void withoutTheSizesOfAudiencesTheTablesAreWrong() throws Exception {
    assertThat(wrong(sent -> !(sent instanceof ItemSize))).isPositive();
  }

  @Test
  void withoutDeletesTheTablesAreWrong() throws Exception {
    assertThat(wrong(sent -> !(sent instanceof Change<?> change) || !change.deleted()))
        .isPositive();
  }

  @Test
  void withoutTheWordOnWhatAUserHasHadTheTablesAreWrong() throws Exception {
    assertThat(wrong(AnyOrderTest::isNoHistory)).isPositive();
  }

  private static boolean isNoHistory(Object sent) {
    return !(sent instanceof UserShare share)
        || LongStream.of(share.items().values()).allMatch(value -> Halves.low(value) == 0);
  }

  /** How many of some seeds give other tables than the oracle's. */
  private static long wrong(Predicate<Object> passes) throws Exception {
    long wrong = 0;
    for (long seed = 0; seed < 10; seed++) {
      Bounds bounds = bounds(new Random(seed));
      List<Activity> events = events(new Random(seed));
      if (!tables(seed, bounds, events, passes).equals(expected(bounds, events))) {
        wrong++;
      }
    }
    return wrong;
  }

  private static Map<String, Map<List<Object>, List<Object>>> tables(
      long seed, Bounds bounds, List<Activity> events, Predicate<Object> passes) throws Exception {
    Random random = new Random(~seed);
    List<Activity> shuffled = new ArrayList<>(events);
    Collections.shuffle(shuffled, random);
    try (JobHarness job = JobHarness.begin(bounds, new HashMapStateBackend(), passes)) {
      for (Activity event : shuffled) {
        job.give(event);
        int dice = random.nextInt(40);
        if (dice < STAGES.length) {
          job.close(STAGES[dice]);
        } else if (dice == STAGES.length) {
          job.barrier();
        }
      }
      job.barrier();
      return job.tables();
    }
  }

  private static Map<String, Map<List<Object>, List<Object>>> expected(
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

  private static Bounds bounds(Random random) {
    return new Bounds(
        2 + random.nextInt(6),
        2 + random.nextInt(6),
        1 + random.nextInt(2),
        1 + random.nextInt(3),
        1 + random.nextInt(20),
        random.nextBoolean() ? 1_000 : 10);
  }

  private static List<Activity> events(Random random) {
    int users = 3 + random.nextInt(15);
    int items = 3 + random.nextInt(25);
    int times = 5 + random.nextInt(100);
    List<Activity> events = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      String user = "user" + random.nextInt(1 + random.nextInt(users));
      String item = "item" + random.nextInt(1 + random.nextInt(items));
      events.add(
          new Activity(
              "id", user, item, Kind.LIKE, random.nextInt(times), null, null, null, null, null));
    }
    return events;
  }
}
