package io.kappa.control.cutover;

import static io.kappa.control.TestStore.JOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.control.Sabotage;
import io.kappa.control.TestStore;
import io.kappa.control.cutover.Intent.Way;
import io.kappa.control.cutover.PollingReader.Answer;
import io.kappa.control.version.Phase;
import io.kappa.local.junit.LocalStack;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Readers and two versions at work, while operators switch to and fro. */
class SwitchUnderTrafficIT {

  @RegisterExtension static final LocalStack STACK = LocalStack.brokerAndStore();

  private static final int READERS = 50;
  private static final Duration COMMITS = Duration.ofMillis(25);
  private static final Duration SELDOM = Duration.ofSeconds(1);
  private static final Duration POLLS = Duration.ofMillis(50);
  private static final Duration QUIET = Duration.ofSeconds(3);

  /** How long something took in nanoseconds, before the switches and while they were made. */
  private record Part(List<Long> before, List<Long> during) {

    static Part of(List<Answer> all, long begin) {
      return new Part(
          all.stream().filter(a -> a.at() < begin).map(Answer::nanos).toList(),
          all.stream().filter(a -> a.at() >= begin).map(Answer::nanos).toList());
    }

    @Override
    public String toString() {
      return "before: %s%n  during: %s".formatted(Stalls.text(before), Stalls.text(during));
    }
  }

  /**
   * What came of a trial.
   *
   * @param answers how long readers waited for theirs
   * @param locks how long commits waited for their ledger
   */
  private record Seen(List<String> wrong, Part answers, Part locks) {}

  private static Versioned twoVersions() throws Exception {
    TestStore store = TestStore.in(STACK.freshDatabase());
    return Versioned.in(store).with(2, Phase.READY);
  }

  private static Switch operator(TestStore store) {
    return new Switch(store.owner(), (candidate, live) -> Optional.empty(), "ann");
  }

  private static void toAndFro(TestStore store, int switches, long seed) {
    Random random = new Random(seed);
    Switch ann = operator(store);
    for (int i = 0; i < switches; i++) {
      Way way = i % 2 == 0 ? Way.CUT_OVER : Way.ROLL_BACK;
      ann.make(ann.look(JOB, way), Optional.empty(), Versioned.PATIENCE);
      LockSupport.parkNanos(Duration.ofMillis(random.nextInt(30)).toNanos());
    }
  }

  private static void grow(AtomicLongArray log, Random random) {
    while (!Thread.currentThread().isInterrupted()) {
      log.addAndGet(random.nextInt(2), 1 + random.nextInt(5));
      LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
    }
  }

  private static Seen trial(int readers, int switches, Duration commitsOfTwo, long seed)
      throws Exception {
    System.out.println("seed " + seed);
    TestStore store = twoVersions().store();
    AtomicLongArray log = new AtomicLongArray(2);
    List<Writer> writers =
        List.of(new Writer(store, 1, log, COMMITS), new Writer(store, 2, log, commitsOfTwo));
    List<PollingReader> polling = new ArrayList<>();
    for (int i = 0; i < readers; i++) {
      polling.add(new PollingReader(store, i % 2 == 0, POLLS));
    }
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      Future<?> growth = threads.submit(() -> grow(log, new Random(seed)));
      List<Future<?>> parts = new ArrayList<>();
      writers.forEach(writer -> parts.add(threads.submit(writer)));
      awaitFirstCommits(store);
      polling.forEach(reader -> parts.add(threads.submit(reader)));
      LockSupport.parkNanos(QUIET.toNanos());
      long begin = System.nanoTime();
      toAndFro(store, switches, seed);
      polling.forEach(PollingReader::stop);
      writers.forEach(Writer::stop);
      growth.cancel(true);
      for (Future<?> part : parts) {
        part.get(1, TimeUnit.MINUTES);
      }
      return seen(polling, writers, begin);
    } finally {
      polling.forEach(PollingReader::stop);
      writers.forEach(Writer::stop);
      threads.shutdownNow();
    }
  }

  private static void awaitFirstCommits(TestStore store) throws Exception {
    String committed = "SELECT count(committed_at) FROM kappa.ledger";
    while (!store.rows("kappa_owner", committed).contains("2")) {
      Thread.onSpinWait();
    }
  }

  private static Seen seen(List<PollingReader> readers, List<Writer> writers, long begin) {
    return new Seen(
        readers.stream().flatMap(r -> r.wrong().stream()).distinct().limit(20).toList(),
        Part.of(readers.stream().flatMap(r -> r.answers().stream()).toList(), begin),
        Part.of(writers.stream().flatMap(w -> w.waits().stream()).toList(), begin));
  }

  @Test
  void noReaderWaitsSeesTwoVersionsOrGoesBack() throws Exception {
    Seen seen = trial(READERS, 240, COMMITS, System.nanoTime());

    System.out.printf("readers  %s%ncommits  %s%n", seen.answers(), seen.locks());
    assertThat(seen.wrong()).isEmpty();
    assertThat(seen.answers().during()).isNotEmpty();
  }

  @Test
  void withoutTheFrontierCheckSomeReaderGoesBack() throws Exception {
    try (Sabotage taken = Sabotage.saying(true, "io.kappa.control.cutover.SwitchRules", "isPast")) {
      assertThat(trial(10, 20, SELDOM, System.nanoTime()).wrong())
          .anySatisfy(what -> assertThat(what).startsWith("the frontier went back"));
    }
  }

  @Test
  void aLongQueryAndALongTransactionGoOnWithTheirVersionAcrossASwitch() throws Exception {
    Versioned versions = twoVersions();
    TestStore store = versions.store();
    versions.row(1, "old", 1);
    versions.row(2, "new", 1);
    CompletableFuture<List<String>> query =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return store.rows(
                    "kappa_reader",
                    """
                    WITH slow AS MATERIALIZED (SELECT pg_sleep(3))
                    SELECT a.id, b.id, version FROM slow, activity_metrics.items a,
                           activity_metrics.items b, kappa.freshness
                    """);
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            });
    try (Connection reader = store.database().connect("kappa_reader");
        Connection watcher = store.database().connect("kappa_owner");
        Statement statement = reader.createStatement()) {
      reader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      reader.setAutoCommit(false);
      assertThat(first(statement, "SELECT id FROM activity_metrics.items")).isEqualTo("old");
      awaitALock(watcher);

      operator(store)
          .make(operator(store).look(JOB, Way.CUT_OVER), Optional.empty(), Versioned.PATIENCE);

      assertThat(query).isNotDone();
      assertThat(first(statement, "SELECT id FROM activity_metrics.items")).isEqualTo("old");
      assertThat(first(statement, "SELECT version FROM kappa.freshness")).isEqualTo("1");
      assertThat(store.rows("kappa_reader", "SELECT id FROM activity_metrics.items"))
          .containsExactly("new");
      assertThat(query.get(1, TimeUnit.MINUTES)).containsExactly("old|old|1");
    }
  }

  /** Until two readers, the transaction and the long query, have begun. */
  private static void awaitALock(Connection watcher) throws Exception {
    String sql =
        """
        SELECT count(DISTINCT pid) FROM pg_locks
         WHERE relation = 'activity_metrics.items'::regclass AND granted
        """;
    try (Statement statement = watcher.createStatement()) {
      while (!first(statement, sql).equals("2")) {
        Thread.onSpinWait();
      }
    }
  }

  private static String first(Statement statement, String query) throws Exception {
    try (ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  @Test
  void ofOperatorsAtOnceOneWinsEachGenerationAndTheOthersAreTold() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    assertThat(OperatorsRace.rounds(STACK, 25, new Random(seed))).isEmpty();
  }

  @Test
  void withoutTheGenerationCheckMoreThanOneWins() throws Exception {
    try (Sabotage taken =
        Sabotage.saying(true, "io.kappa.control.cutover.SwitchRules", "isUnmoved")) {
      assertThat(OperatorsRace.rounds(STACK, 25, new Random(1))).isNotEmpty();
    }
  }
}
