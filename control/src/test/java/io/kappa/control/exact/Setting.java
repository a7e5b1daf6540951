package io.kappa.control.exact;

import io.kappa.common.log.KafkaAddress;
import io.kappa.common.sink.LastChangePerKey;
import io.kappa.common.sink.StoreAddress;
import io.kappa.local.chaos.TcpProxy;
import io.kappa.local.junit.LocalStack;
import io.kappa.local.junit.TestDatabase;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.JobID;

/**
 * What a test of a running version works with: a topic, a database and a Flink of its own, and a
 * proxy between Flink and the database.
 */
final class Setting implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(25);
  private static final Duration STILL = Duration.ofSeconds(2);
  private static final long DAY = 86_400_000L;

  private final TestDatabase database;
  private final String servers;
  private final String topic;
  private final TrialLog log;
  private final TcpProxy proxy;
  private final Cluster cluster;
  private final FlakyActivityMetrics job;
  private KafkaAddress kafka;
  private long lateness = DAY;
  private int batchRows = LastChangePerKey.MOST_ROWS;

  Setting(LocalStack stack, Path directory, long seed) throws Exception {
    this.database = stack.freshDatabase();
    this.servers = stack.bootstrapServers();
    this.kafka = KafkaAddress.of(servers);
    this.topic = stack.freshTopic("activity", TrialLog.PARTITIONS);
    this.log = new TrialLog(servers, topic, seed);
    this.job = new FlakyActivityMetrics(topic);
    URI address = URI.create(database.jdbcUrl().substring("jdbc:".length()));
    this.proxy = TcpProxy.to(address.getHost(), address.getPort());
    this.cluster = new Cluster(directory);
  }

  TestDatabase database() {
    return database;
  }

  String servers() {
    return servers;
  }

  String topic() {
    return topic;
  }

  TrialLog log() {
    return log;
  }

  TcpProxy proxy() {
    return proxy;
  }

  Cluster cluster() {
    return cluster;
  }

  /** Lets runs from now on stage what is more than that many rows. */
  void stageBeyond(int rows) {
    batchRows = rows;
  }

  /** Lets runs from now on fetch only that many records at once. */
  void fetch(int records) {
    kafka = new KafkaAddress(servers, Map.of("max.poll.records", Integer.toString(records)));
  }

  /** Pins the log as it is now. */
  void createVersion() {
    TestVersion.create(database, servers, job, Map.of());
  }

  /** Pins the log as it is now, with a lateness that lets state be freed in a short log. */
  void createVersion(Duration newLateness) {
    lateness = newLateness.toMillis();
    TestVersion.create(database, servers, job, Map.of("lateness", newLateness.toMinutes() + "m"));
  }

  JobID launch(int parallelism, String backend, Optional<Path> from) throws Exception {
    // The proxy knows a COMMIT by its text, which a prepared statement would hide.
    String url =
        "jdbc:postgresql://127.0.0.1:%d/%s?prepareThreshold=0"
            .formatted(proxy.port(), database.name());
    StoreAddress store = TestVersion.asJob(database, url);
    return cluster.launch(job, kafka, store, parallelism, backend, from, batchRows);
  }

  Cut cut() throws SQLException {
    return Cut.take(database);
  }

  /** What the tables have to be, by the log as it is now. */
  LogOracle oracle() {
    return new LogOracle(readLog(), lateness, DAY / 24);
  }

  ReadLog readLog() {
    return ReadLog.of(servers, topic, TrialLog.PARTITIONS);
  }

  /** Waits until the version has come to the log's end, or has stopped. */
  boolean caughtUp(JobID run) throws Exception {
    Map<Integer, Long> end = logEnd();
    Await.until(PATIENCE, () -> cut().frontier().equals(end) || isOver(run));
    return cut().frontier().equals(end) && !isOver(run);
  }

  /** Partition -> the offset of the next record that will be written. */
  Map<Integer, Long> logEnd() {
    Map<Integer, Long> end = new TreeMap<>();
    readLog()
        .partitions()
        .forEach((partition, records) -> end.put(partition, (long) records.size()));
    return end;
  }

  /** Waits until a run has made that many more checkpoints. */
  boolean checkpointsGoOn(JobID run, int more) throws Exception {
    long before = cluster.newestCheckpoint(run).map(Cluster::number).orElse(0L);
    return Await.until(
        PATIENCE,
        () -> Cluster.number(cluster.newestCheckpoint(run).orElseThrow()) >= before + more);
  }

  boolean isOver(JobID run) throws Exception {
    return cluster.status(run).isGloballyTerminalState();
  }

  /** Waits until a run has stopped for good, and says why it did; empty if it goes on. */
  Optional<String> stopped(JobID run) throws Exception {
    if (!Await.until(PATIENCE, () -> isOver(run))) {
      return Optional.empty();
    }
    return Optional.of(cluster.status(run) + ": " + cluster.cause(run));
  }

  /** Waits until the ledger stands still at a run's newest checkpoint. */
  boolean ledgerIsAtNewestCheckpoint(JobID run) {
    AtomicLong seen = new AtomicLong(-1);
    AtomicLong since = new AtomicLong();
    return Await.until(
        PATIENCE,
        () -> {
          long ledger = ledgerCheckpoint();
          if (seen.getAndSet(ledger) != ledger) {
            since.set(System.nanoTime());
          }
          // A checkpoint that was on its way still comes to its end.
          return System.nanoTime() - since.get() > STILL.toNanos()
              && ledger == Cluster.number(cluster.newestCheckpoint(run).orElseThrow());
        });
  }

  private long ledgerCheckpoint() throws SQLException {
    try (Connection connection = database.connect("kappa_job");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT checkpoint_id FROM kappa.ledger")) {
      return row.next() ? row.getLong(1) : -1;
    }
  }

  @Override
  public void close() throws Exception {
    FlakyActivityMetrics.TASK_FAILS_IN.set(Integer.MAX_VALUE);
    FlakyActivityMetrics.SNAPSHOTS_FAIL.set(0);
    cluster.close();
    proxy.close();
    log.close();
  }
}
