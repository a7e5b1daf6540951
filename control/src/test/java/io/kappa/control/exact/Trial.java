package io.kappa.control.exact;

import io.kappa.local.chaos.TcpProxy.Moment;
import io.kappa.local.junit.LocalStack;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobID;

/**
 * Puts a version through everything that may go wrong while a reader reads, and says which promises
 * were broken. Each trial has a log, a database and a Flink of its own.
 */
final class Trial implements AutoCloseable {

  private final Random random;
  private final Setting setting;
  private final String backend;
  private final List<String> broken = new ArrayList<>();

  Trial(LocalStack stack, Path directory, long seed) throws Exception {
    this.random = new Random(seed);
    this.backend = random.nextBoolean() ? "hashmap" : "rocksdb";
    this.setting = new Setting(stack, directory, seed);
    setting.log().write(1500);
    setting.createVersion();
  }

  /** Lets each batch be staged in pieces of that many rows. */
  Trial stagingBeyond(int rows) {
    setting.stageBeyond(rows);
    return this;
  }

  /**
   * Runs all of it.
   *
   * @param rounds how often something fails before the rest is tried
   * @return which promises were broken, and where; empty if none was
   */
  List<String> run(int rounds) throws Exception {
    List<Cut> cuts;
    boolean whole;
    try (CutReader reader = new CutReader(setting.database())) {
      JobID first = setting.launch(2, backend, Optional.empty());
      whole = faults(first, rounds) && theNewRunTakesOver(first);
      cuts = reader.stop();
    }
    LogOracle oracle = setting.oracle();
    for (Cut cut : cuts) {
      broken.addAll(cut.against(oracle));
    }
    if (whole && cuts.stream().map(Cut::frontier).distinct().count() < 5) {
      broken.add("the reader saw fewer than 5 frontiers, so little was tried");
    }
    return broken;
  }

  /** Tasks and checkpoints fail, and connections end before, in and after a commit. */
  private boolean faults(JobID run, int rounds) throws Exception {
    for (int round = 0; round < rounds; round++) {
      setting.log().write(100 + random.nextInt(200));
      Map<Integer, Long> before = setting.cut().frontier();
      switch (round % 5) {
        case 0 -> FlakyActivityMetrics.TASK_FAILS_IN.set(random.nextInt(150));
        case 1 -> FlakyActivityMetrics.SNAPSHOTS_FAIL.set(1 + random.nextInt(3));
        case 2 -> cutAtCommit(Moment.BEFORE);
        case 3 -> cutAtCommit(Moment.UNANSWERED);
        default -> endConnectionsOfTheCommit();
      }
      Await.until(Duration.ofSeconds(3), () -> !setting.cut().frontier().equals(before));
    }
    FlakyActivityMetrics.TASK_FAILS_IN.set(Integer.MAX_VALUE);
    setting.log().write(50);
    return goesOn(run);
  }

  private void cutAtCommit(Moment moment) {
    CompletableFuture<Void> done = setting.proxy().cutAt("COMMIT", moment);
    if (!Await.until(Setting.PATIENCE, done::isDone)) {
      broken.add("no commit came that could be cut " + moment);
    }
  }

  private void endConnectionsOfTheCommit() throws SQLException {
    try (Connection connection = setting.database().connect("kappa_job");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE application_name LIKE 'kappa activity-metrics%' AND pid <> pg_backend_pid()");
    }
  }

  private boolean goesOn(JobID run) throws Exception {
    if (setting.caughtUp(run)) {
      return true;
    }
    if (setting.isOver(run)) {
      broken.add("a run stopped that should go on: " + setting.cluster().cause(run));
      return false;
    }
    broken.add("the frontier %s never came to the log's end".formatted(setting.cut().frontier()));
    return false;
  }

  /** Two runs of one version at once: the newer one owns the ledger, the older one stops. */
  private boolean theNewRunTakesOver(JobID old) throws Exception {
    // While no checkpoint comes to its end, the ledger stands still at the newest one.
    FlakyActivityMetrics.SNAPSHOTS_FAIL.set(Integer.MAX_VALUE);
    if (!setting.ledgerIsAtNewestCheckpoint(old)) {
      broken.add("the ledger never came to the newest checkpoint");
      return false;
    }
    JobID fresh = setting.launch(3, backend, setting.cluster().newestCheckpoint(old));
    FlakyActivityMetrics.SNAPSHOTS_FAIL.set(0);
    setting.log().write(300);
    return stopsBecause(old, "was replaced by run") && goesOn(fresh) && theStoreIsPutBack(fresh);
  }

  /**
   * Somebody restores the store from a copy: what was committed since is gone, and it's noticed.
   */
  private boolean theStoreIsPutBack(JobID run) throws Exception {
    try (StoreCopy copy = StoreCopy.of(setting.database())) {
      setting.log().write(300);
      if (!goesOn(run)) {
        return false;
      }
      copy.putBack();
    }
    setting.log().write(300);
    return stopsBecause(run, "older copy");
  }

  private boolean stopsBecause(JobID run, String cause) throws Exception {
    Optional<String> seen = setting.stopped(run);
    if (seen.isEmpty()) {
      broken.add("a run goes on that should stop because: " + cause);
      return false;
    }
    if (!seen.get().startsWith("FAILED") || !seen.get().contains(cause)) {
      broken.add("a run should stop because: %s, and stopped: %s".formatted(cause, seen.get()));
      return false;
    }
    return true;
  }

  @Override
  public void close() throws Exception {
    setting.close();
  }
}
