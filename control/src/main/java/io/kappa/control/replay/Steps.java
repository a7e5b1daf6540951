package io.kappa.control.replay;

import io.kappa.common.table.TableShape;
import io.kappa.control.Refusal;
import io.kappa.control.catalogue.Contracts;
import io.kappa.control.catalogue.Lease;
import io.kappa.control.catalogue.Transitions;
import io.kappa.control.catalogue.VersionSchema;
import io.kappa.control.catalogue.Versions;
import io.kappa.control.compare.Comparison;
import io.kappa.control.compare.Comparisons;
import io.kappa.control.compare.Expected;
import io.kappa.control.compare.FenceComparison;
import io.kappa.control.compare.Pair;
import io.kappa.control.cutover.Removal;
import io.kappa.control.flink.FlinkJob;
import io.kappa.control.flink.StopRequest;
import io.kappa.control.version.EngineState;
import io.kappa.control.version.Frontier;
import io.kappa.control.version.Leg;
import io.kappa.control.version.Phase;
import io.kappa.control.version.Version;
import io.kappa.control.version.VersionName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

/** Does what a version's life asks for next, one step at a time. */
final class Steps {

  private static final Duration DDL_PATIENCE = Duration.ofSeconds(3);
  private static final String NO_SAVEPOINT = "none";

  private final Tools tools;
  private final Consumer<String> say;
  private final Submitter submitter;

  /**
   * @param say is told one line a step
   */
  Steps(Tools tools, Consumer<String> say) {
    this.tools = tools;
    this.say = say;
    this.submitter = new Submitter(tools, say);
  }

  /** Makes the candidate's schema and tables. */
  void makeSchema(Lease lease, Lookout.View seen) {
    VersionName name = seen.entry().version().name();
    List<TableShape> tables = tables(seen.entry());
    tools
        .transitions()
        .within(
            lease, Phase.CREATED, connection -> VersionSchema.createOwn(connection, name, tables));
    say.accept("made schema %s".formatted(name.schema()));
  }

  /** Takes the live version's frontier as the next fence. */
  void takeFence(Lease lease, Lookout.View seen) {
    Versions.Entry live = seen.live().orElseThrow();
    Versions.Entry entry = seen.entry();
    Optional<Frontier> fence =
        tools
            .transitions()
            .takeFence(
                lease,
                entry.version().phase(),
                entry.leg(),
                entry.version().start(),
                entry.course().replay(),
                new Transitions.Tables(live.version().name(), tables(live)));
    if (fence.isEmpty()) {
      say.accept(
          "%s is behind the last fence; waiting until it has come there"
              .formatted(live.version().name()));
      return;
    }
    Frontier from = entry.leg().flatMap(Leg::fence).orElse(entry.version().start());
    say.accept(
        "took %s's frontier as fence and copied its tables there: %,d records to read"
            .formatted(live.version().name(), from.recordsTo(fence.get())));
  }

  /** Hands it in from where its leg has come to. */
  void submit(Lookout.View seen) {
    submitter.submit(seen.entry().version().name(), Optional.empty());
  }

  /** Notes that it stands at its fence. */
  void markFenced(Lease lease, Lookout.View seen) {
    Leg leg = seen.entry().leg().orElseThrow();
    tools
        .transitions()
        .move(
            lease,
            Phase.REPLAYING,
            Phase.FENCED,
            "at the fence",
            Map.of("leg", Integer.toString(leg.number())),
            connection -> {});
    say.accept("%s stands at its fence".formatted(seen.entry().version().name()));
  }

  /** Holds its tables against the copy, and notes what was found. */
  void compare(Lease lease, Lookout.View seen) {
    Versions.Entry entry = seen.entry();
    VersionName name = entry.version().name();
    Leg leg = entry.leg().orElseThrow();
    Versions.Entry baseline =
        tools
            .versions()
            .snapshot()
            .of(new VersionName(name.job(), entry.course().baseline().orElseThrow()))
            .orElseThrow();
    Comparison comparison =
        new FenceComparison(tools.owner(), Clock.systemUTC())
            .of(
                new Pair(
                    name,
                    leg.number(),
                    leg.fence().orElseThrow(),
                    tables(entry),
                    baseline.version().name().number(),
                    tables(baseline)),
                Expected.inJar(Path.of(entry.version().jar()), name.job()));
    tools
        .transitions()
        .move(
            lease,
            Phase.FENCED,
            Phase.COMPARED,
            connection -> Comparisons.write(connection, comparison, lease.holder()));
    say.accept(
        "compared %s with %s: %s"
            .formatted(name, baseline.version().name(), comparison.verdict().outcome()));
  }

  /** Gives it a branch in the contract views. */
  void attach(Lookout.View seen) {
    VersionName name = seen.entry().version().name();
    contract(name, contracts -> contracts.attach(name, shapes(name, true), DDL_PATIENCE));
    say.accept("%s is attached to the views in schema %s".formatted(name, name.job().schema()));
  }

  /** Takes its branch out of the contract views. */
  void detach(Lookout.View seen) {
    VersionName name = seen.entry().version().name();
    contract(name, contracts -> contracts.detach(name, shapes(name, false), DDL_PATIENCE));
    say.accept("%s is detached from the views in schema %s".formatted(name, name.job().schema()));
  }

  private void contract(VersionName name, Consumer<Contracts> change) {
    try {
      change.accept(new Contracts(tools.owner()));
    } catch (IllegalArgumentException e) {
      throw new Refusal(
          "Another version of %s was attached or detached just now".formatted(name.job()),
          "it is tried again",
          e);
    }
  }

  /** The tables of all attached versions, with this one or without. */
  private Map<Integer, List<TableShape>> shapes(VersionName name, boolean with) {
    Map<Integer, List<TableShape>> shapes = new TreeMap<>();
    for (Versions.Entry entry : tools.versions().snapshot().of(name.job())) {
      VersionName other = entry.version().name();
      if (other.equals(name) ? with : entry.course().attached()) {
        shapes.put(other.number(), tables(entry));
      }
    }
    return shapes;
  }

  /** Drops its tables. */
  void drop(Lookout.View seen) {
    VersionName name = seen.entry().version().name();
    new Removal(tools.owner(), tools.actor())
        .drop(name)
        .ifPresent(
            who -> {
              throw new Refusal(
                  "The tables of %s are in use by %s".formatted(name, who),
                  "they go when that has ended");
            });
    say.accept("dropped the tables of %s".formatted(name));
  }

  /** Asks the engine to stop it with a savepoint; when it has stopped, notes where that is. */
  void stopWithSavepoint(Lease lease, Lookout.View seen) {
    Versions.Entry entry = seen.entry();
    VersionName name = entry.version().name();
    Leg leg = entry.leg().orElseThrow();
    FlinkJob job = seen.job().orElseThrow();
    if (job.state() == EngineState.FINISHED) {
      noteSavepoint(lease, entry, leg);
      return;
    }
    StopRequest.State state =
        leg.stopAttempts() == 0
            ? StopRequest.State.UNKNOWN
            : tools.flink().stopRequest(job.id(), request(name, leg, leg.stopAttempts())).state();
    if (state != StopRequest.State.FAILED && state != StopRequest.State.UNKNOWN) {
      return;
    }
    tools
        .transitions()
        .within(
            lease,
            entry.version().phase(),
            connection -> Transitions.noteStopAttempt(connection, name, leg.number()));
    tools
        .flink()
        .stopWithSavepoint(
            job.id(),
            tools.savepoints().of(name, leg.number()),
            request(name, leg, leg.stopAttempts() + 1));
    say.accept("stopping %s with a savepoint".formatted(name));
  }

  private void noteSavepoint(Lease lease, Versions.Entry entry, Leg leg) {
    VersionName name = entry.version().name();
    Optional<String> savepoint = tools.savepoints().newest(name, leg.number());
    if (savepoint.isEmpty() && entry.version().phase() == Phase.COMPARED) {
      // It ended in another way; from its newest checkpoint it comes to the same place again.
      submitter.submit(name, Optional.empty());
      return;
    }
    tools
        .transitions()
        .within(
            lease,
            entry.version().phase(),
            connection ->
                Transitions.noteSavepoint(
                    connection, name, leg.number(), savepoint.orElse(NO_SAVEPOINT)));
    say.accept(
        "%s has stopped; its savepoint is %s".formatted(name, savepoint.orElse(NO_SAVEPOINT)));
  }

  /** The same attempt always asks with the same name, so asking twice is asking once. */
  private static String request(VersionName name, Leg leg, int attempt) {
    String text = "%s leg %d stop %d".formatted(name, leg.number(), attempt);
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8))
        .toString()
        .replace("-", "");
  }

  /** Opens the leg without an end. */
  void openLastLeg(Lease lease, Lookout.View seen) {
    Versions.Entry entry = seen.entry();
    VersionName name = entry.version().name();
    Leg before = entry.leg().orElseThrow();
    Leg last =
        new Leg(
            before.number() + 1,
            before.fence().orElseThrow(),
            Optional.empty(),
            before.savepoint(),
            entry.course().live(),
            0,
            Optional.empty());
    tools
        .transitions()
        .move(
            lease,
            Phase.COMPARED,
            Phase.CATCHING_UP,
            "catching up",
            Map.of("leg", Integer.toString(last.number())),
            connection -> Transitions.openLeg(connection, name, last));
    say.accept("%s goes on from its fence, now without an end".formatted(name));
  }

  /** Notes that readers can be cut over to it. */
  void markReady(Lease lease, Lookout.View seen) {
    VersionName name = seen.entry().version().name();
    tools
        .transitions()
        .move(lease, Phase.CATCHING_UP, Phase.READY, "ready", Map.of(), connection -> {});
    say.accept("%s has caught up and is READY".formatted(name));
  }

  /** Notes how far a job's first version has come. */
  void markProgress(Lease lease, Lookout.View seen) {
    boolean there = seen.situation().reachedLogEnd();
    tools
        .transitions()
        .move(
            lease,
            seen.entry().version().phase(),
            there ? Phase.LIVE : Phase.REPLAYING,
            there ? "has come to the log's end of its launch" : "replaying",
            Map.of(),
            connection -> {});
  }

  /** Notes that it failed for good. */
  void markFailed(Lease lease, Lookout.View seen, String why) {
    VersionName name = seen.entry().version().name();
    tools
        .transitions()
        .move(
            lease,
            seen.entry().version().phase(),
            Phase.FAILED,
            "failed",
            Map.of("cause", why),
            connection -> Transitions.noteFailure(connection, name, why));
    say.accept("%s failed: %s".formatted(name, why));
  }

  /** Notes that a verification found no difference. */
  void endVerification(Lease lease, Lookout.View seen) {
    VersionName name = seen.entry().version().name();
    tools
        .transitions()
        .move(
            lease,
            Phase.COMPARED,
            Phase.RETIRED,
            "verified",
            Map.of("against", "v" + seen.entry().course().baseline().orElse(0)),
            connection -> Transitions.noteEnd(connection, name));
  }

  /** Ends its run. */
  void cancel(Lookout.View seen) {
    seen.job().ifPresent(job -> tools.flink().cancel(job.id()));
  }

  List<TableShape> tables(Versions.Entry entry) {
    Version version = entry.version();
    return tools.jobs().job(Path.of(version.jar()), version.name().job()).tables();
  }
}
