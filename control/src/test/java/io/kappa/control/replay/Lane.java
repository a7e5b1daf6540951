package io.kappa.control.replay;

import static org.assertj.core.api.Assertions.fail;

import io.kappa.common.table.Identifier;
import io.kappa.control.TestStore;
import io.kappa.control.catalogue.Entry;
import io.kappa.control.catalogue.Versions;
import io.kappa.control.cutover.Ending;
import io.kappa.control.flink.FlinkCluster;
import io.kappa.control.jar.JarShelf;
import io.kappa.control.version.Pacing;
import io.kappa.control.version.Phase;
import io.kappa.control.version.RunProfile;
import io.kappa.control.version.VersionName;
import io.kappa.local.junit.LocalStack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.flink.configuration.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Versions in the making, in one JVM: the real lifecycle on a real store and a real log, with Flink
 * in this process. Each lane has a database of its own.
 */
public final class Lane implements AutoCloseable {

  /** How versions run here unless a test says something else. */
  public static final RunProfile HEAP = new RunProfile(OptionalInt.of(2), "hashmap", "5s");

  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long BETWEEN_LOOKS_MS = 20;

  private final TestStore store;
  private final MiniFlink flink;
  private final HeldJobs jobs;
  private final LogAdmin log;
  private final Tools tools;

  /**
   * @param directory where jars, checkpoints and savepoints go
   */
  public Lane(LocalStack stack, Path directory) throws Exception {
    this(stack, directory, new Configuration());
  }

  /**
   * @param directory where jars, checkpoints and savepoints go
   * @param more how Flink is configured besides
   */
  public Lane(LocalStack stack, Path directory, Configuration more) throws Exception {
    this.store = TestStore.in(stack.freshDatabase());
    this.jobs = new HeldJobs(directory.resolve("made"));
    this.flink = new MiniFlink(jobs, directory.resolve("checkpoints"), more);
    this.log = new LogAdmin(stack.bootstrapServers(), Duration.ofSeconds(20));
    this.tools =
        new Tools(
            store.owner(),
            log,
            flink,
            jobs,
            new JarShelf(directory.resolve("jars")),
            new HeldStates(jobs, directory.resolve("blank")),
            new RetainedCheckpoints(directory.resolve("checkpoints")),
            new SavepointShelf(directory.resolve("savepoints")),
            new Ends(
                stack.bootstrapServers(),
                store.database().jdbcUrl(),
                "kappa_job",
                store.database().secrets().resolve("kappa_job.password")),
            "ann");
  }

  public TestStore store() {
    return store;
  }

  public HeldJobs jobs() {
    return jobs;
  }

  public MiniFlink flink() {
    return flink;
  }

  public Tools tools() {
    return tools;
  }

  /** The same tools for somebody else, whose Flink behaves otherwise. */
  public Tools tools(String actor, UnaryOperator<FlinkCluster> otherwise) {
    return new Tools(
        tools.owner(),
        log,
        otherwise.apply(flink),
        jobs,
        tools.shelf(),
        tools.states(),
        tools.checkpoints(),
        tools.savepoints(),
        tools.ends(),
        actor);
  }

  /** Brings a job's first version to life and waits until it has read the log as it is now. */
  public void start(Identifier job, Path jar, Map<String, String> given) {
    launch(
        new LaunchRequest(job, given, false, OptionalInt.empty(), Optional.of(HEAP), History.AUTO),
        jar);
    drive(new VersionName(job, 1), look -> look.entry().version().phase() == Phase.LIVE);
  }

  /** Does what {@code kappa start} does. */
  public void launch(LaunchRequest request, Path jar) {
    new Launch(tools, jar, request, Lane::say).run();
  }

  /** Makes a candidate that stays at its fence. */
  public VersionName candidate(Identifier job, Path jar, Map<String, String> given) {
    return replay(request(job, jar, given, true, HEAP));
  }

  /** Makes the candidate that a request asks for. */
  public VersionName replay(CandidateRequest request) {
    return new Replay(tools, Lane::say).create(request);
  }

  /** A request for a candidate. */
  public static CandidateRequest request(
      Identifier job, Path jar, Map<String, String> given, boolean toFenceOnly, RunProfile replay) {
    return new CandidateRequest(
        job, jar, given, false, toFenceOnly, OptionalLong.empty(), replay, HEAP);
  }

  /** Drives a version until nothing is left to do. */
  public Entry drive(VersionName name) {
    return drive(name, Driver.idle());
  }

  /** Drives a version until it looks so. */
  public Entry drive(VersionName name, Predicate<Driver.Look> there) {
    return drive(tools, name, there);
  }

  /** Drives a version with these tools until it looks so. */
  public Entry drive(Tools with, VersionName name, Predicate<Driver.Look> there) {
    driver(with).drive(name, new Bounded(there));
    return entry(name);
  }

  /** A driver that takes nothing for far. */
  public static Driver driver(Tools with) {
    return new Driver(with, Pacing.DEFAULT, Lane::say);
  }

  /** Ends a job's candidate and waits until nothing is left of it. */
  public void abort(Identifier job) {
    Ending ending = new Ending(store.owner(), "ann");
    Ending.Plan plan = ending.ofCandidate(job);
    ending.mark(plan);
    drive(plan.version());
  }

  /** What the catalogue knows of a version. */
  public Entry entry(VersionName name) {
    return new Versions(store.owner()).snapshot().of(name).orElseThrow();
  }

  /** Waits until something holds, for a bounded time. */
  public static boolean until(Duration limit, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(BETWEEN_LOOKS_MS));
    }
    return true;
  }

  private static void say(String line) {
    LOG.info("{}", line);
  }

  @Override
  public void close() throws Exception {
    flink.close();
    log.close();
  }

  /** Somebody who looks often, and not for ever. */
  public static class Bounded implements Driver.Passenger {

    private final Predicate<Driver.Look> there;
    private final long end = System.nanoTime() + PATIENCE.toNanos();
    private Driver.Look last;
    private Optional<String> trouble = Optional.empty();

    /**
     * @param there what it waits for
     */
    public Bounded(Predicate<Driver.Look> there) {
      this.there = there;
    }

    @Override
    public boolean isThere(Driver.Look look) {
      last = look;
      return there.test(look);
    }

    @Override
    public boolean hasEnough() {
      return false;
    }

    @Override
    public void trouble(Optional<String> what) {
      trouble = what;
    }

    @Override
    public void rest(long millis) {
      if (System.nanoTime() > end) {
        fail("it never came so far; trouble: %s; last seen: %s", trouble, last);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(Math.min(millis, BETWEEN_LOOKS_MS)));
    }
  }
}
