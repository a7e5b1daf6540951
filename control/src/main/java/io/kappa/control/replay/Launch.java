package io.kappa.control.replay;

import io.kappa.common.table.TableShape;
import io.kappa.control.Refusal;
import io.kappa.control.catalogue.Entry;
import io.kappa.control.catalogue.Versions;
import io.kappa.control.flink.FlinkJob;
import io.kappa.control.flink.Submission;
import io.kappa.control.jar.JarShelf;
import io.kappa.control.jar.JobDescription;
import io.kappa.control.version.Course;
import io.kappa.control.version.EngineState;
import io.kappa.control.version.Frontier;
import io.kappa.control.version.Leg;
import io.kappa.control.version.Phase;
import io.kappa.control.version.Pointer;
import io.kappa.control.version.Purpose;
import io.kappa.control.version.RunProfile;
import io.kappa.control.version.Version;
import io.kappa.control.version.VersionName;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Brings a job to life. Its first version: pins the log, makes the tables and what readers see of
 * them, hands the job in. Whatever was done before stays; the rest is done. A job that is there
 * already is handed in again where it doesn't run: the version that readers see, those that stand
 * by, and a candidate that is ready.
 */
public final class Launch {

  private final Tools tools;
  private final Path jar;
  private final LaunchRequest request;
  private final VersionName name;
  private final Consumer<String> say;
  private final Submitter submitter;

  /**
   * @param jar where a version that isn't there yet comes from
   * @param say is told one line a step
   */
  public Launch(Tools tools, Path jar, LaunchRequest request, Consumer<String> say) {
    this.tools = tools;
    this.jar = jar;
    this.request = request;
    this.name = liveOrFirst();
    this.say = say;
    this.submitter = new Submitter(tools, say);
  }

  /**
   * Does all that is left to do.
   *
   * @throws Refusal if something can't be done; what was done stays
   */
  public void run() {
    Entry entry = prepare();
    if (entry.isBeingUpgraded()) {
      throw new Refusal(
          "%s is being upgraded".formatted(name),
          "./kappa upgrade %s --follow shows it to its end".formatted(name.job()));
    }
    if (entry.isChangingLegs()) {
      say.accept("%s is on its way to its next leg; a driver lets it go on".formatted(name));
    } else {
      submitter.submit(entry.version().name(), profileOfRun(entry));
    }
    for (Entry other : tools.versions().snapshot().of(request.job())) {
      if (!other.version().name().equals(name)
          && keepsConsuming(other.version().phase())
          && !other.isBeingUpgraded()) {
        submitter.submit(other.version().name(), Optional.empty());
      }
    }
  }

  private static boolean keepsConsuming(Phase phase) {
    return phase == Phase.STANDBY || phase == Phase.READY || phase == Phase.LIVE;
  }

  private VersionName liveOrFirst() {
    Versions.Snapshot snapshot = tools.versions().snapshot();
    OptionalInt live =
        Optional.ofNullable(snapshot.pointers().get(request.job().value()))
            .map(Pointer::live)
            .orElse(OptionalInt.empty());
    return new VersionName(request.job(), live.orElse(1));
  }

  /**
   * Does all but hand the job in.
   *
   * @return what to hand in
   * @throws Refusal if something can't be done; what was done stays
   */
  public Submission prepareOnly() {
    Entry entry = prepare();
    engine()
        .filter(job -> job.state().isActive())
        .ifPresent(
            job -> say.accept("note: %s runs already as Flink job %s".formatted(name, job.id())));
    RunProfile profile = profileOfRun(entry).orElseGet(() -> entry.leg().orElseThrow().profile());
    return submitter.submission(entry, profile, Optional.empty());
  }

  /**
   * Says what a launch would do, and does nothing.
   *
   * @throws Refusal if the launch would be refused
   */
  public void dryRun() {
    Optional<Entry> entry = known();
    EngineState engine = engine().map(FlinkJob::state).orElse(EngineState.NOT_RUNNING);
    List<LaunchStep> left =
        LaunchStep.left(entry.isPresent(), tools.schemas().exists(name), engine);
    if (left.isEmpty()) {
      say.accept("%s runs already; there is nothing to do".formatted(name));
    }
    Path from = entry.map(known -> Path.of(known.version().jar())).orElse(jar);
    entry.ifPresent(this::refuseAnotherVersion);
    for (LaunchStep step : left) {
      switch (step) {
        case PIN_LOG -> sayPins(from);
        case MAKE_SCHEMA ->
            say.accept(
                "would make schema %s and the views in %s: %s"
                    .formatted(name.schema(), name.job().schema(), tableNames(from)));
        case SUBMIT -> say.accept("would hand %s in to Flink".formatted(name.runName()));
      }
    }
  }

  private void sayPins(Path from) {
    PinnedLog log = pin(tools.jobs().job(from, request.job()));
    say.accept(
        "would set %s".formatted(tools.jobs().parameters(from, request.job(), request.given())));
    log.warnings().forEach(warning -> say.accept("note: " + warning));
    long records = log.start().recordsTo(log.end());
    say.accept(
        "would read %,d records from %s%s"
            .formatted(records, log.start().offsets(), howRead(records)));
  }

  private String howRead(long records) {
    return request.history().isReplayed(records)
        ? ", as a replay does, with state in memory as far as it fits; then it lives"
        : "";
  }

  private String tableNames(Path from) {
    return String.join(
        ", ",
        tools.jobs().job(from, request.job()).tables().stream().map(TableShape::name).toList());
  }

  private Entry prepare() {
    if (known().isEmpty()) {
      create();
    }
    Entry entry =
        known().orElseThrow(() -> new IllegalStateException(name + " was written and is gone"));
    refuseAnotherVersion(entry);
    noteAnotherJar(entry);
    if (!tools.schemas().exists(name)) {
      List<TableShape> tables =
          tools.jobs().job(Path.of(entry.version().jar()), request.job()).tables();
      tools.schemas().createFirst(name, tables);
      say.accept(
          "made schema %s with %d tables, and views on them in schema %s"
              .formatted(name.schema(), tables.size(), name.job().schema()));
    }
    return entry;
  }

  private void create() {
    JobDescription job = tools.jobs().job(jar, request.job());
    Map<String, String> parameters = tools.jobs().parameters(jar, request.job(), request.given());
    PinnedLog log = pin(job);
    log.warnings().forEach(warning -> say.accept("note: " + warning));
    JarShelf.Kept kept = tools.shelf().keep(jar);
    RunProfile live = request.profile().orElse(RunProfile.LIVE);
    Course course = Course.ofFirst(live);
    long records = log.start().recordsTo(log.end());
    boolean replayed = request.history().isReplayed(records);
    Frontier end = replayed ? tools.log().lastRecords(log.start(), log.end()) : log.end();
    tools
        .versions()
        .insert(
            new Version(
                name,
                Phase.CREATED,
                Purpose.LAUNCH,
                kept.sha256(),
                kept.path().toString(),
                parameters,
                log.start(),
                end,
                log.topicIds(),
                request.maxParallelism().orElse(LaunchRequest.DEFAULT_MAX_PARALLELISM),
                log.truncated(),
                Instant.EPOCH),
            course,
            Optional.of(
                replayed
                    ? Leg.first(log.start(), Optional.of(end), course.replay())
                    : Leg.first(log.start(), Optional.empty(), live)),
            tools.actor());
    say.accept(
        "created %s: %,d records to read from %s%s"
            .formatted(name, records, String.join(", ", job.topics()), howRead(records)));
  }

  /** Instead of its leg's own; but what a request says of a version is how it's to live. */
  private Optional<RunProfile> profileOfRun(Entry entry) {
    return entry.readsHistory() ? Optional.empty() : request.profile();
  }

  private PinnedLog pin(JobDescription job) {
    return new LogCheck(request.truncatedIsFine()).pin(tools.log().facts(job.topics()));
  }

  private Optional<Entry> known() {
    return tools.versions().snapshot().of(name);
  }

  private void refuseAnotherVersion(Entry entry) {
    Version version = entry.version();
    Map<String, String> different = new TreeMap<>(request.given());
    different.entrySet().removeAll(version.parameters().entrySet());
    if (!different.isEmpty()) {
      throw new Refusal(
          "%s is there already with %s, and a version's parameters never change; given was %s"
              .formatted(name, version.parameters(), different),
          "start it without --set; other parameters make another version");
    }
    int max = request.maxParallelism().orElse(version.maxParallelism());
    if (max != version.maxParallelism()) {
      throw new Refusal(
          "%s is there already with max parallelism %d, and that never changes; given was %d"
              .formatted(name, version.maxParallelism(), max),
          "start it without --max-parallelism");
    }
  }

  private void noteAnotherJar(Entry entry) {
    if (tools.shelf().isAnother(jar, entry.version().jarSha256())) {
      say.accept(
          "note: %s keeps the jar that it was created with (%s); %s is another one"
              .formatted(name, entry.version().jar(), jar));
    }
  }

  private Optional<FlinkJob> engine() {
    return tools.flink().job(name.runName());
  }
}
