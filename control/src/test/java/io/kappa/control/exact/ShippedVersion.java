package io.kappa.control.exact;

import io.kappa.common.table.Identifier;
import io.kappa.control.catalogue.Entry;
import io.kappa.control.catalogue.Migration;
import io.kappa.control.catalogue.Store;
import io.kappa.control.catalogue.Versions;
import io.kappa.control.flink.FlinkJob;
import io.kappa.control.flink.RestFlinkCluster;
import io.kappa.control.flink.Submission;
import io.kappa.control.jar.JarShelf;
import io.kappa.control.jar.JobsJar;
import io.kappa.control.jar.SavepointTool;
import io.kappa.control.replay.Ends;
import io.kappa.control.replay.History;
import io.kappa.control.replay.Launch;
import io.kappa.control.replay.LaunchRequest;
import io.kappa.control.replay.LogAdmin;
import io.kappa.control.replay.RetainedCheckpoints;
import io.kappa.control.replay.SavepointShelf;
import io.kappa.control.replay.Tools;
import io.kappa.control.version.Frontier;
import io.kappa.control.version.VersionName;
import io.kappa.local.Endpoints;
import io.kappa.local.Stack;
import io.kappa.local.data.TopicCreation;
import io.kappa.local.flink.FlinkProgram;
import io.kappa.local.junit.LocalStack;
import io.kappa.local.junit.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;

/**
 * The first version of {@code activity-metrics} as it ships: the real jar on Flink's processes, on
 * the job's own topic made anew, with a database of its own.
 */
final class ShippedVersion implements AutoCloseable {

  static final VersionName NAME = new VersionName(new Identifier("activity-metrics"), 1);

  private static final String TOPIC = "activity";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long DAY = 86_400_000L;

  private final LocalStack lent;
  private final TestDatabase database;
  private final TrialLog log;

  ShippedVersion(LocalStack lent, long seed) throws Exception {
    this.lent = lent;
    makeTopic(lent.bootstrapServers());
    this.database = lent.freshDatabase();
    new Migration(owner()).run();
    this.log = new TrialLog(lent.bootstrapServers(), TOPIC, seed);
  }

  private static void makeTopic(String servers) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      if (admin.listTopics().names().get().contains(TOPIC)) {
        admin.deleteTopics(List.of(TOPIC)).all().get();
      }
      if (!Await.until(PATIENCE, () -> TopicCreation.ensure(admin, TOPIC, TrialLog.PARTITIONS))) {
        throw new IllegalStateException("the topic of an earlier test can't be deleted");
      }
    }
  }

  private Store owner() {
    return new Store(
        database.jdbcUrl(), Endpoints.OWNER, lent.endpoints().passwordFile(Endpoints.OWNER));
  }

  TestDatabase database() {
    return database;
  }

  TrialLog log() {
    return log;
  }

  /** Does what {@code kappa start activity-metrics} does. */
  void start() {
    onLaunch(
        launch -> {
          launch.run();
          return NAME;
        });
  }

  /** Does what {@code kappa start activity-metrics --no-submit} does. */
  Submission prepare() {
    return onLaunch(Launch::prepareOnly);
  }

  private <T> T onLaunch(Function<Launch, T> use) {
    LaunchRequest request =
        new LaunchRequest(
            NAME.job(), Map.of(), false, OptionalInt.empty(), Optional.empty(), History.AUTO);
    return onTools(tools -> use.apply(new Launch(tools, jar(), request, line -> {})));
  }

  /** The jar that is shipped. */
  Path jar() {
    return stack().config().dist().resolve("jobs/kappa-jobs.jar");
  }

  /** Uses what commands work with. */
  <T> T onTools(Function<Tools, T> use) {
    Endpoints endpoints = lent.endpoints();
    Path data = stack().config().data();
    Path dist = stack().config().dist();
    try (LogAdmin admin = admin()) {
      return use.apply(
          new Tools(
              owner(),
              admin,
              flink(),
              new JobsJar(dist.resolve("lib/flink")),
              new JarShelf(data.resolve("jars")),
              new SavepointTool(
                  dist.resolve("lib/flink"),
                  dist.resolve("lib/savepoints/kappa-savepoints.jar"),
                  new FlinkProgram(stack().config())),
              new RetainedCheckpoints(data.resolve("flink/checkpoints")),
              new SavepointShelf(data.resolve("flink/savepoints")),
              new Ends(
                  endpoints.kafkaBootstrap(),
                  database.jdbcUrl(),
                  Endpoints.JOB,
                  endpoints.passwordFile(Endpoints.JOB)),
              "test"));
    }
  }

  /** What Flink calls its runs, by the catalogue. */
  List<String> handedIn() {
    return entry().runs().stream().flatMap(run -> run.engineJob().stream()).toList();
  }

  /** The Flink job that is at work; empty if none is. */
  Optional<FlinkJob> running() {
    return flink().job(NAME.runName()).filter(job -> job.state().isActive());
  }

  Cut cut() throws SQLException {
    return Cut.take(database);
  }

  /** Waits until the version has committed all that is in the log, or a run of it has given up. */
  boolean catchesUp(Duration limit) {
    Frontier end = ends();
    Await.until(limit, () -> isAt(end) || entry().newestRun().orElseThrow().failure().isPresent());
    return isAt(end);
  }

  private boolean isAt(Frontier end) {
    return entry().ledger().frontier().equals(end);
  }

  /** How far it has come and why it goes no further, for who reads a failed test. */
  String state() {
    return "ledger %s, runs %s, log's end %s"
        .formatted(entry().ledger(), entry().runs(), ends().offsets());
  }

  /** Where the log ends. */
  Map<Integer, Long> end() {
    return ends().offsets().get(TOPIC);
  }

  private Frontier ends() {
    try (LogAdmin admin = admin()) {
      return admin.ends(List.of(TOPIC));
    }
  }

  Entry entry() {
    return new Versions(owner()).snapshot().of(NAME).orElseThrow();
  }

  /** What the tables have to be, by the log as it is now. */
  LogOracle oracle() {
    ReadLog read = ReadLog.of(lent.bootstrapServers(), TOPIC, TrialLog.PARTITIONS);
    return new LogOracle(read, DAY, DAY / 24);
  }

  private LogAdmin admin() {
    return new LogAdmin(lent.bootstrapServers(), PATIENCE);
  }

  private RestFlinkCluster flink() {
    return new RestFlinkCluster(lent.endpoints().flinkRest());
  }

  private Stack stack() {
    return lent.stack();
  }

  /** Leaves the stack to the next test with every part running and no job. */
  @Override
  public void close() {
    stack().up(line -> {});
    log.close();
    if (!Await.until(PATIENCE, () -> running().map(this::cancelled).orElse(true))) {
      throw new IllegalStateException(NAME + " can't be cancelled and is in the next test's way");
    }
  }

  private boolean cancelled(FlinkJob job) {
    stack().flink().run("cancel", job.id());
    return running().isEmpty();
  }
}
