package io.kappa.control.replay;

import io.kappa.common.table.Identifier;
import io.kappa.control.Refusal;
import io.kappa.control.catalogue.Contracts;
import io.kappa.control.catalogue.Entry;
import io.kappa.control.catalogue.Versions;
import io.kappa.control.jar.JarShelf;
import io.kappa.control.jar.JobDescription;
import io.kappa.control.jar.Nearest;
import io.kappa.control.version.Course;
import io.kappa.control.version.Phase;
import io.kappa.control.version.Pointer;
import io.kappa.control.version.Purpose;
import io.kappa.control.version.Version;
import io.kappa.control.version.VersionName;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Makes candidates: versions that read the log from its start beside the live one. What comes after
 * is the {@link Driver}'s.
 */
public final class Replay {

  /**
   * What a candidate is going to be.
   *
   * @param version as it would be written
   * @param live the version that it would stand beside
   * @param log as it is pinned
   */
  public record Plan(Version version, Entry live, JobDescription job, PinnedLog log) {}

  private final Tools tools;
  private final Consumer<String> say;

  /**
   * @param say is told one line a step
   */
  public Replay(Tools tools, Consumer<String> say) {
    this.tools = tools;
    this.say = say;
  }

  /**
   * Makes a candidate of a job. If the job has just this candidate already, only its rate and
   * whether it stays at its fence are changed.
   *
   * @throws Refusal if the job has another candidate, or this one can't be
   */
  public VersionName create(CandidateRequest request) {
    Optional<VersionName> there = goesOn(request);
    if (there.isPresent()) {
      return there.get();
    }
    Plan plan = plan(request);
    return write(plan, request, Purpose.REPLAY);
  }

  /**
   * Makes a candidate that is the live version again. If the job has one already, that.
   *
   * @throws Refusal if the job has another candidate, or this one can't be
   */
  public VersionName verify(CandidateRequest request) {
    Optional<Entry> there = candidate(tools.versions().snapshot(), request.job());
    if (there.isPresent()) {
      refuseUnless(there.get().version().purpose() == Purpose.VERIFY, there.get());
      return there.get().version().name();
    }
    return write(planOfVerification(request), request, Purpose.VERIFY);
  }

  /**
   * What a candidate would be.
   *
   * @throws Refusal if it would be refused
   */
  public Plan plan(CandidateRequest request) {
    Versions.Snapshot snapshot = tools.versions().snapshot();
    Entry live = live(snapshot, request.job());
    candidate(snapshot, request.job()).ifPresent(other -> refuseUnless(false, other));
    JobDescription job = tools.jobs().job(request.jar(), request.job());
    Map<String, String> parameters = parameters(request, live, job);
    return plan(snapshot, live, request, job, parameters, request.jar());
  }

  /**
   * What a verification would be.
   *
   * @throws Refusal if it would be refused
   */
  public Plan planOfVerification(CandidateRequest request) {
    Versions.Snapshot snapshot = tools.versions().snapshot();
    Entry live = live(snapshot, request.job());
    candidate(snapshot, request.job()).ifPresent(other -> refuseUnless(false, other));
    Path jar = Path.of(live.version().jar());
    JobDescription job = tools.jobs().job(jar, request.job());
    return plan(snapshot, live, request, job, live.version().parameters(), jar);
  }

  private Plan plan(
      Versions.Snapshot snapshot,
      Entry live,
      CandidateRequest request,
      JobDescription job,
      Map<String, String> parameters,
      Path jar) {
    PinnedLog log = new LogCheck(request.truncatedIsFine()).pin(tools.log().facts(job.topics()));
    refuseAnotherLog(live.version(), log);
    VersionName name = new VersionName(request.job(), snapshot.of(request.job()).size() + 1);
    new Contracts(tools.owner()).of(request.job()).refuseIncompatible(name, job.tables());
    Version version =
        new Version(
            name,
            Phase.CREATED,
            Purpose.REPLAY,
            "",
            jar.toString(),
            parameters,
            log.start(),
            log.end(),
            log.topicIds(),
            live.version().maxParallelism(),
            log.truncated(),
            Instant.EPOCH);
    return new Plan(version, live, job, log);
  }

  private VersionName write(Plan plan, CandidateRequest request, Purpose purpose) {
    plan.log().warnings().forEach(warning -> say.accept("note: " + warning));
    Version planned = plan.version();
    JarShelf.Kept kept = tools.shelf().keep(Path.of(planned.jar()));
    Version version =
        new Version(
            planned.name(),
            planned.phase(),
            purpose,
            kept.sha256(),
            kept.path().toString(),
            planned.parameters(),
            planned.start(),
            planned.logEnd(),
            planned.topicIds(),
            planned.maxParallelism(),
            planned.truncated(),
            planned.createdAt());
    Course course =
        Course.ofCandidate(
            plan.live().version().name().number(),
            request.toFenceOnly(),
            request.rate().orElse(0),
            request.replay(),
            request.live());
    if (!tools.versions().insert(version, course, Optional.empty(), tools.actor())) {
      throw new Refusal(
          "Another command has just made a candidate of %s".formatted(request.job()),
          "./kappa status %s shows it".formatted(request.job()));
    }
    say.accept(
        "created %s: %,d records to read from %s"
            .formatted(
                version.name(),
                version.start().recordsTo(version.logEnd()),
                String.join(", ", plan.job().topics())));
    return version.name();
  }

  /** The candidate that a job has; empty if it has none. */
  public static Optional<Entry> candidate(Versions.Snapshot snapshot, Identifier job) {
    return snapshot.of(job).stream().filter(Replay::isCandidate).findFirst();
  }

  private static boolean isCandidate(Entry entry) {
    return entry.version().purpose() != Purpose.LAUNCH
        && switch (entry.version().phase()) {
          case LIVE, STANDBY, RETIRED, ABORTED -> false;
          default -> true;
        };
  }

  /**
   * The version of a job that readers see.
   *
   * @throws Refusal if there is none
   */
  public static Entry live(Versions.Snapshot snapshot, Identifier job) {
    if (snapshot.of(job).isEmpty() && !snapshot.entries().isEmpty()) {
      throw Nearest.refusal(
          "started job",
          job.value(),
          snapshot.entries().stream()
              .map(entry -> entry.version().name().job().value())
              .distinct()
              .toList());
    }
    OptionalInt live =
        Optional.ofNullable(snapshot.pointers().get(job.value()))
            .map(Pointer::live)
            .orElse(OptionalInt.empty());
    return live.isEmpty()
        ? refuseNotStarted(job)
        : snapshot.of(new VersionName(job, live.getAsInt())).orElseGet(() -> refuseNotStarted(job));
  }

  private static Entry refuseNotStarted(Identifier job) {
    throw new Refusal(
        "%s has no live version".formatted(job),
        "./kappa start %s makes its first version".formatted(job));
  }

  /** The same command given again: the candidate is there, and goes on. */
  private Optional<VersionName> goesOn(CandidateRequest request) {
    Versions.Snapshot snapshot = tools.versions().snapshot();
    Optional<Entry> there = candidate(snapshot, request.job());
    if (there.isEmpty()) {
      return Optional.empty();
    }
    Entry entry = there.get();
    Version version = entry.version();
    boolean same =
        version.purpose() == Purpose.REPLAY
            && version.parameters().entrySet().containsAll(request.given().entrySet())
            && !tools.shelf().isAnother(request.jar(), version.jarSha256());
    refuseUnless(same, entry);
    tools
        .versions()
        .setCourse(
            version.name(),
            request.rate().orElse(entry.course().rate()),
            request.toFenceOnly(),
            tools.actor());
    say.accept("%s is there already (%s) and goes on".formatted(version.name(), version.phase()));
    return Optional.of(version.name());
  }

  private static void refuseUnless(boolean same, Entry other) {
    if (!same) {
      Version version = other.version();
      throw new Refusal(
          "%s has a candidate already: v%d (%s, %s)"
              .formatted(
                  version.name().job(),
                  version.name().number(),
                  version.purpose() == Purpose.VERIFY ? "a verification" : version.parameters(),
                  version.phase()),
          "./kappa abort %s ends it; ./kappa wait %s follows it"
              .formatted(version.name().job(), version.name().job()));
    }
  }

  /** As the live version has them, save what was given; what the new code doesn't know goes. */
  private Map<String, String> parameters(CandidateRequest request, Entry live, JobDescription job) {
    Set<String> known = new HashSet<>();
    job.parameters().forEach(parameter -> known.add(parameter.name()));
    Map<String, String> wanted = new TreeMap<>(live.version().parameters());
    wanted.keySet().retainAll(known);
    wanted.putAll(request.given());
    return tools.jobs().parameters(request.jar(), request.job(), wanted);
  }

  private static void refuseAnotherLog(Version live, PinnedLog log) {
    if (!live.topicIds().equals(log.topicIds())) {
      throw new Refusal(
          "The candidate would read topics %s, and %s reads %s: they can't be compared at one place"
              .formatted(log.topicIds(), live.name(), live.topicIds()),
          "a job that reads other topics is another job; give it another name");
    }
  }
}
