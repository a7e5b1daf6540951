package io.kappa.control.replay;

import io.kappa.control.Refusal;
import io.kappa.control.catalogue.Entry;
import io.kappa.control.catalogue.Versions;
import io.kappa.control.compare.Comparisons;
import io.kappa.control.flink.FlinkJob;
import io.kappa.control.flink.JobFailure;
import io.kappa.control.version.EngineState;
import io.kappa.control.version.Frontier;
import io.kappa.control.version.Leg;
import io.kappa.control.version.Pacing;
import io.kappa.control.version.Phase;
import io.kappa.control.version.Pointer;
import io.kappa.control.version.Purpose;
import io.kappa.control.version.Run;
import io.kappa.control.version.Situation;
import io.kappa.control.version.Upgrade;
import io.kappa.control.version.UpgradeStage;
import io.kappa.control.version.VersionName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Looks at catalogue, log and engine, and says what a version's situation is. */
final class Lookout {

  /** How often a job's own code may fail in a row before it is taken for a fault of the job. */
  private static final int MOST_FAILURES = 4;

  /** The same while readers wait for it. */
  private static final int MOST_FAILURES_OF_AN_UPGRADE = 2;

  /** So long an upgraded version may take to its first commit. */
  private static final Duration LONGEST_TRIAL = Duration.ofMinutes(5);

  /** One that has committed so long without failing will go on. */
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(1);

  /**
   * What is seen of a version.
   *
   * @param job its job in the engine, on the leg that it is on
   * @param live the live version of its job
   */
  record View(Entry entry, Situation situation, Optional<FlinkJob> job, Optional<Entry> live) {}

  private final Tools tools;
  private final Pacing pacing;

  Lookout(Tools tools, Pacing pacing) {
    this.tools = tools;
    this.pacing = pacing;
  }

  /**
   * @throws Refusal if the store, or the broker where it is needed, doesn't answer
   */
  View at(VersionName name) {
    Versions.Snapshot snapshot = tools.versions().snapshot();
    Entry entry =
        snapshot
            .of(name)
            .orElseThrow(() -> new IllegalStateException(name + " isn't in the catalogue"));
    Optional<List<FlinkJob>> jobs = jobs();
    Optional<FlinkJob> job = jobs.flatMap(all -> job(entry, all));
    EngineState engine = state(jobs, job);
    Optional<Entry> live = live(snapshot, name);
    return new View(entry, situation(entry, job, engine, live, jobs), job, live);
  }

  private Situation situation(
      Entry entry,
      Optional<FlinkJob> job,
      EngineState engine,
      Optional<Entry> live,
      Optional<List<FlinkJob>> jobs) {
    Phase phase = entry.version().phase();
    Frontier frontier = entry.ledger().frontier();
    boolean catchingUp = phase == Phase.CATCHING_UP;
    return new Situation(
        entry.version().purpose(),
        phase,
        entry.course(),
        phase != Phase.CREATED || tools.schemas().exists(entry.version().name()),
        entry.leg(),
        frontier,
        entry.committedOnLeg(),
        engine,
        failure(entry, job, engine),
        heapIsFull(entry, job),
        phase == Phase.COMPARED && isIdentical(entry.version().name()),
        live.map(version -> isWell(version, jobs)).orElse(false),
        behind(entry, live),
        catchingUp && live.isPresent() && isCaughtUp(frontier, live.get()),
        entry.isPastHistory(),
        live.map(version -> version.version().name().equals(entry.version().name())).orElse(false),
        entry.course().dropAfter().map(due -> !Instant.now().isBefore(due)).orElse(false),
        entry.upgrade(),
        isSettled(entry));
  }

  /**
   * Where the log ends with what no reader gets, as the mark of a transaction, it is never quite
   * reached.
   */
  private static boolean isSettled(Entry entry) {
    Optional<Upgrade> upgrade = entry.upgrade();
    boolean there =
        upgrade.flatMap(Upgrade::goal).map(entry.ledger().frontier()::reaches).orElse(false);
    return there
        || upgrade
            .flatMap(Upgrade::nextCommit)
            .filter(since -> Instant.now().isAfter(since.plus(LONG_ENOUGH)))
            .isPresent();
  }

  private Optional<List<FlinkJob>> jobs() {
    try {
      return Optional.of(tools.flink().jobs());
    } catch (Refusal away) {
      return Optional.empty();
    }
  }

  /** What is at work under the version's name, or else what became of its run on this leg. */
  private static Optional<FlinkJob> job(Entry entry, List<FlinkJob> jobs) {
    Optional<String> ofRun = entry.runOnLeg().flatMap(Run::engineJob);
    return FlinkJob.named(entry.version().name().runName(), jobs)
        .filter(job -> job.state().isActive())
        .or(
            () ->
                jobs.stream()
                    .filter(job -> ofRun.filter(job.id()::equals).isPresent())
                    .findFirst());
  }

  private static EngineState state(Optional<List<FlinkJob>> jobs, Optional<FlinkJob> job) {
    return jobs.isEmpty()
        ? EngineState.UNKNOWN
        : job.map(FlinkJob::state).orElse(EngineState.NOT_RUNNING);
  }

  private Optional<String> failure(Entry entry, Optional<FlinkJob> job, EngineState engine) {
    Optional<String> noted = entry.runOnLeg().flatMap(Run::failure);
    boolean isOfAnOperator =
        entry.version().purpose() == Purpose.LAUNCH && !entry.isBeingUpgraded();
    if (noted.isPresent() || job.isEmpty() || isOfAnOperator) {
      return noted;
    }
    try {
      return engine == EngineState.FAILED
          ? tools.flink().rootCause(job.get().id()).or(() -> Optional.of("Flink gives no cause"))
          : failsAgainAndAgain(entry, job.get());
    } catch (Refusal away) {
      return Optional.empty();
    }
  }

  /** By what it said itself before it would have failed of that, or else by what it failed of. */
  private boolean heapIsFull(Entry entry, Optional<FlinkJob> job) {
    Phase phase = entry.version().phase();
    boolean onHeap =
        (phase == Phase.CREATED || phase == Phase.REPLAYING)
            && entry
                .leg()
                .filter(leg -> leg.fence().isPresent() && leg.profile().isOnHeap())
                .isPresent();
    if (!onHeap || entry.runOnLeg().flatMap(Run::heapFullAt).isPresent()) {
      return onHeap;
    }
    try {
      return job.filter(each -> each.state().isActive()).stream()
          .flatMap(each -> tools.flink().failures(each.id()).stream())
          .anyMatch(JobFailure::isOfFullHeap);
    } catch (Refusal away) {
      return false;
    }
  }

  /** The job's own code fails, was restarted, and fails again before it is where it has to come. */
  private Optional<String> failsAgainAndAgain(Entry entry, FlinkJob job) {
    if (!job.state().isActive()) {
      return Optional.empty();
    }
    Instant since = since(entry);
    List<JobFailure> all =
        tools.flink().failures(job.id()).stream()
            .filter(failure -> failure.at().isAfter(since))
            .toList();
    List<JobFailure> own = all.stream().filter(JobFailure::isOfTheJob).toList();
    if (own.size() >= (entry.isBeingUpgraded() ? MOST_FAILURES_OF_AN_UPGRADE : MOST_FAILURES)) {
      return Optional.of(own.get(0).cause());
    }
    return isTried(entry) && !entry.committedOnLeg() ? neverCommits(entry, all) : Optional.empty();
  }

  /**
   * What its state is restored with may fail in Flink's own code, or not come to an end at all. A
   * cluster without a TaskManager refuses it time and again, as it would any other jar.
   */
  private static Optional<String> neverCommits(Entry entry, List<JobFailure> all) {
    List<JobFailure> failures = all.stream().filter(each -> !each.isOfTheCluster()).toList();
    if (failures.size() >= MOST_FAILURES) {
      return failures.stream()
          .filter(JobFailure::isOfTheJob)
          .findFirst()
          .or(() -> Optional.of(failures.get(0)))
          .map(JobFailure::cause);
    }
    boolean tooLong =
        entry
            .runOnLeg()
            .filter(run -> Instant.now().isAfter(run.startedAt().plus(LONGEST_TRIAL)))
            .isPresent();
    return tooLong
        ? Optional.of("it has committed nothing for %d min".formatted(LONGEST_TRIAL.toMinutes()))
        : Optional.empty();
  }

  private static boolean isTried(Entry entry) {
    return entry.upgrade().filter(each -> each.stage() == UpgradeStage.TRYING).isPresent();
  }

  /**
   * A version that is being upgraded is judged by what happens since: it may commit, and fail at
   * the same record each time.
   */
  private static Instant since(Entry entry) {
    Optional<Upgrade> open = entry.upgrade().filter(Upgrade::isOpen);
    if (open.isEmpty()) {
      return entry.ledger().committedAt().orElse(Instant.EPOCH);
    }
    return open.get().stage() == UpgradeStage.STOPPING
        ? open.get().begunAt()
        : entry.runOnLeg().map(Run::startedAt).orElse(Instant.EPOCH);
  }

  private boolean isIdentical(VersionName name) {
    return new Comparisons(tools.owner())
        .newest(name)
        .map(comparison -> comparison.report().isIdentical())
        .orElse(false);
  }

  private static Optional<Entry> live(Versions.Snapshot snapshot, VersionName name) {
    OptionalInt live =
        Optional.ofNullable(snapshot.pointers().get(name.job().value()))
            .map(Pointer::live)
            .orElse(OptionalInt.empty());
    return live.isPresent()
        ? snapshot.of(new VersionName(name.job(), live.getAsInt()))
        : Optional.empty();
  }

  private static boolean isWell(Entry live, Optional<List<FlinkJob>> jobs) {
    return jobs.flatMap(all -> job(live, all))
        .map(job -> job.state() == EngineState.RUNNING)
        .orElse(false);
  }

  private static long behind(Entry entry, Optional<Entry> live) {
    Optional<Frontier> fence = entry.leg().flatMap(Leg::fence);
    return fence.isEmpty() || live.isEmpty()
        ? 0
        : fence.get().recordsTo(live.get().ledger().frontier());
  }

  private boolean isCaughtUp(Frontier frontier, Entry live) {
    Frontier end = tools.log().ends(frontier.offsets().keySet());
    return pacing.isCaughtUp(frontier, live.ledger().frontier(), end);
  }
}
