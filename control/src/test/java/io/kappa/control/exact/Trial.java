package io.kappa.control.exact;

import io.kappa.common.log.KafkaAddress;
import io.kappa.common.sink.StoreAddress;
import io.kappa.local.junit.LocalStack;
import io.kappa.local.junit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;

/**
 * Puts a version through everything that may go wrong while a reader reads, and says which promises
 * were broken. Each trial has a log, a database and a Flink of its own.
 */
final class Trial implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(25);
  private static final long DAY = 86_400_000L;

  private final Random random;
  private final TestDatabase database;
  private final KafkaAddress kafka;
  private final StoreAddress store;
  private final TrialLog log;
  private final Cluster cluster;
  private final FlakyActivityMetrics job = new FlakyActivityMetrics();
  private final String backend;
  private final List<String> broken = new ArrayList<>();

  Trial(LocalStack stack, Path directory, long seed) throws Exception {
    this.random = new Random(seed);
    this.backend = random.nextBoolean() ? "hashmap" : "rocksdb";
    this.database = stack.freshDatabase();
    this.kafka = KafkaAddress.of(stack.bootstrapServers());
    this.log = new TrialLog(stack.bootstrapServers(), seed);
    this.store = TestVersion.asJob(database, database.jdbcUrl());
    this.cluster = new Cluster(directory);
    log.create(TrialLog.PARTITIONS);
    log.write(1500);
    TestVersion.create(database, stack.bootstrapServers(), job, Map.of());
  }

  /**
   * Runs all of it.
   *
   * @return which promises were broken, and where; empty if none was
   */
  List<String> run() throws Exception {
    List<Cut> cuts;
    try (CutReader reader = new CutReader(database)) {
      JobID first = launch(2, backend, Optional.empty());
      boolean fine = faults(first, 14) && theNewRunTakesOver(first);
      broken.add(fine ? "" : "the trial ended early");
      cuts = reader.stop();
    }
    broken.remove("");
    LogOracle oracle =
        new LogOracle(
            ReadLog.of(kafka.servers(), TrialLog.TOPIC, TrialLog.PARTITIONS), DAY, DAY / 24);
    for (Cut cut : cuts) {
      broken.addAll(cut.against(oracle));
    }
    if (cuts.stream().map(Cut::frontier).distinct().count() < 5) {
      broken.add("the reader saw fewer than 5 frontiers, so little was tried");
    }
    return broken;
  }

  private JobID launch(int parallelism, String backend, Optional<Path> from) throws Exception {
    return cluster.launch(job, kafka, store, parallelism, backend, from);
  }

  /** Tasks and checkpoints fail, and connections of the commit end at any moment. */
  private boolean faults(JobID run, int rounds) throws Exception {
    for (int round = 0; round < rounds; round++) {
      log.write(100 + random.nextInt(200));
      switch (random.nextInt(4)) {
        case 0 -> FlakyActivityMetrics.TASK_FAILS_IN.set(random.nextInt(150));
        case 1 -> FlakyActivityMetrics.SNAPSHOTS_FAIL.set(1 + random.nextInt(3));
        default -> endConnectionsOfTheCommit();
      }
      Map<Integer, Long> before = Cut.take(database).frontier();
      Await.until(Duration.ofSeconds(3), () -> !Cut.take(database).frontier().equals(before));
    }
    FlakyActivityMetrics.TASK_FAILS_IN.set(Integer.MAX_VALUE);
    log.write(50);
    return caughtUp(run);
  }

  private void endConnectionsOfTheCommit() throws SQLException {
    try (Connection connection = database.connect("kappa_job");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE application_name LIKE 'kappa activity-metrics%' AND pid <> pg_backend_pid()");
    }
  }

  private boolean caughtUp(JobID run) throws Exception {
    Map<Integer, Long> end = new TreeMap<>();
    ReadLog.of(kafka.servers(), TrialLog.TOPIC, TrialLog.PARTITIONS)
        .partitions()
        .forEach((partition, records) -> end.put(partition, (long) records.size()));
    boolean caughtUp =
        Await.until(PATIENCE, () -> Cut.take(database).frontier().equals(end) || isOver(run));
    if (isOver(run)) {
      broken.add("a run stopped that should go on: " + cluster.cause(run));
      return false;
    }
    if (!caughtUp) {
      broken.add(
          "the frontier %s never came to the log's end %s"
              .formatted(Cut.take(database).frontier(), end));
    }
    return caughtUp;
  }

  private boolean isOver(JobID run) throws Exception {
    return cluster.status(run).isGloballyTerminalState();
  }

  /** Two runs of one version at once: the newer one owns the ledger, the older one stops. */
  private boolean theNewRunTakesOver(JobID old) throws Exception {
    // While no checkpoint comes to its end, the ledger stands still at the newest one.
    FlakyActivityMetrics.SNAPSHOTS_FAIL.set(Integer.MAX_VALUE);
    if (!Await.until(PATIENCE, () -> ledgerIsAt(cluster.newestCheckpoint(old)))) {
      broken.add("the ledger never came to the newest checkpoint");
      return false;
    }
    JobID fresh = launch(3, backend, cluster.newestCheckpoint(old));
    FlakyActivityMetrics.SNAPSHOTS_FAIL.set(0);
    log.write(300);
    if (!stopsBecause(old, "was replaced by run")) {
      return false;
    }
    return caughtUp(fresh) && theStoreIsPutBack(fresh);
  }

  private boolean ledgerIsAt(Optional<Path> checkpoint) throws SQLException {
    try (Connection connection = database.connect("kappa_job");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT checkpoint_id FROM kappa.ledger")) {
      return row.next() && row.getLong(1) == Cluster.number(checkpoint.orElseThrow());
    }
  }

  /**
   * Somebody restores the store from a copy: what was committed since is gone, and it's noticed.
   */
  private boolean theStoreIsPutBack(JobID run) throws Exception {
    try (StoreCopy copy = StoreCopy.of(database)) {
      log.write(300);
      if (!caughtUp(run)) {
        return false;
      }
      copy.putBack();
    }
    log.write(300);
    return stopsBecause(run, "older copy");
  }

  private boolean stopsBecause(JobID run, String cause) throws Exception {
    if (!Await.until(PATIENCE, () -> isOver(run))) {
      broken.add("a run goes on that should stop because: " + cause);
      return false;
    }
    String seen = cluster.cause(run);
    if (cluster.status(run) != JobStatus.FAILED || !seen.contains(cause)) {
      broken.add("a run should stop because: %s, and stopped because: %s".formatted(cause, seen));
      return false;
    }
    return true;
  }

  @Override
  public void close() throws Exception {
    FlakyActivityMetrics.TASK_FAILS_IN.set(Integer.MAX_VALUE);
    FlakyActivityMetrics.SNAPSHOTS_FAIL.set(0);
    cluster.close();
    log.close();
  }
}
