package io.kappa.control.cli;

import io.kappa.control.Refusal;
import io.kappa.control.catalogue.AuditTrail;
import io.kappa.control.catalogue.LiveTables;
import io.kappa.control.catalogue.ReaderQuery;
import io.kappa.control.catalogue.Store;
import io.kappa.control.catalogue.Versions;
import io.kappa.control.compare.Comparisons;
import io.kappa.control.compare.FenceComparison;
import io.kappa.control.cutover.Ending;
import io.kappa.control.cutover.StoredVerdicts;
import io.kappa.control.cutover.Switch;
import io.kappa.control.flink.FlinkCluster;
import io.kappa.control.flink.RestFlinkCluster;
import io.kappa.control.jar.JarShelf;
import io.kappa.control.jar.Jobs;
import io.kappa.control.jar.JobsJar;
import io.kappa.control.jar.SavepointTool;
import io.kappa.control.replay.Ends;
import io.kappa.control.replay.LogAdmin;
import io.kappa.control.replay.RetainedCheckpoints;
import io.kappa.control.replay.SavepointShelf;
import io.kappa.control.replay.Tools;
import io.kappa.control.status.LogEnds;
import io.kappa.control.status.StatusReader;
import io.kappa.local.Endpoints;
import io.kappa.local.Stack;
import io.kappa.local.StackConfig;
import io.kappa.local.flink.FlinkProgram;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Kappa as it lies on this machine, and what commands need of it. */
public final class Installation {

  /** How long a command waits for each of the broker's answers. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration GLANCE = Duration.ofSeconds(4);

  private final Path home;
  private final Path data;
  private final Map<String, Store> stores = new ConcurrentHashMap<>();

  /**
   * @param home the checkout or installation
   * @param data where everything is kept that must survive
   */
  public Installation(Path home, Path data) {
    this.home = home;
    this.data = data;
  }

  Path home() {
    return home;
  }

  Path data() {
    return data;
  }

  StackConfig config() {
    return StackConfig.of(home).withEnvironment(System.getenv()).withData(data);
  }

  Stack stack() {
    return Stack.of(config());
  }

  /**
   * @throws Refusal if the stack was never up
   */
  Endpoints endpoints() {
    return stack()
        .endpoints()
        .orElseThrow(
            () ->
                new Refusal(
                    "The stack isn't up: there is none in %s".formatted(data),
                    "./kappa up starts it"));
  }

  Store owner() {
    return store(Endpoints.OWNER);
  }

  Versions versions() {
    return new Versions(owner());
  }

  Comparisons comparisons() {
    return new Comparisons(owner());
  }

  FenceComparison fenceComparison() {
    return new FenceComparison(owner(), Clock.systemUTC());
  }

  AuditTrail audit() {
    return new AuditTrail(owner());
  }

  ReaderQuery reader() {
    return new ReaderQuery(store(Endpoints.READER));
  }

  LiveTables liveTables() {
    return new LiveTables(owner());
  }

  FlinkCluster flink() {
    return new RestFlinkCluster(endpoints().flinkRest());
  }

  LogAdmin log(Duration patience) {
    return new LogAdmin(endpoints().kafkaBootstrap(), patience);
  }

  Jobs jobs() {
    return new JobsJar(home.resolve("target/kappa/lib/flink"));
  }

  SavepointTool savepointTool() {
    return new SavepointTool(
        home.resolve("target/kappa/lib/flink"),
        home.resolve("target/kappa/lib/savepoints/kappa-savepoints.jar"),
        new FlinkProgram(config()));
  }

  SavepointShelf savepoints() {
    return new SavepointShelf(data.resolve("flink/savepoints"));
  }

  RetainedCheckpoints checkpoints() {
    return new RetainedCheckpoints(data.resolve("flink/checkpoints"));
  }

  Path jar(Optional<Path> given) {
    return given.orElse(home.resolve("target/kappa/jobs/kappa-jobs.jar")).toAbsolutePath();
  }

  StatusReader status() {
    return new StatusReader(versions(), ends(), flink());
  }

  /** The same without the lag, for who asks often. */
  StatusReader statusWithoutLog() {
    return new StatusReader(versions(), topics -> Optional.empty(), flink());
  }

  Switch switchOf() {
    return new Switch(owner(), new StoredVerdicts(owner()), actor());
  }

  Ending ending() {
    return new Ending(owner(), actor());
  }

  /** Whom the audit trail names. */
  static String actor() {
    return System.getProperty("user.name");
  }

  Tools tools(LogAdmin log) {
    return new Tools(
        owner(),
        log,
        flink(),
        jobs(),
        new JarShelf(data.resolve("jars")),
        savepointTool(),
        checkpoints(),
        savepoints(),
        new Ends(
            endpoints().kafkaBootstrap(),
            endpoints().jdbcUrl(),
            Endpoints.JOB,
            endpoints().passwordFile(Endpoints.JOB)),
        actor());
  }

  private Store store(String role) {
    Endpoints endpoints = endpoints();
    // A stack that came up elsewhere meanwhile is another one.
    return stores.computeIfAbsent(
        role + " at " + endpoints.jdbcUrl(),
        one -> new Store(endpoints.jdbcUrl(), role, endpoints.passwordFile(role)).keepingOne());
  }

  private LogEnds ends() {
    return topics -> {
      try (LogAdmin log = log(GLANCE)) {
        return Optional.of(log.ends(topics));
      } catch (Refusal away) {
        return Optional.empty();
      }
    };
  }
}
