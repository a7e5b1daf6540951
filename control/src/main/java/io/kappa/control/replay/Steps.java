package io.kappa.control.replay;

import io.kappa.common.sink.LedgerConflictException;
import io.kappa.common.table.TableShape;
import io.kappa.control.Refusal;
import io.kappa.control.catalogue.Endings;
import io.kappa.control.catalogue.Entry;
import io.kappa.control.catalogue.Lease;
import io.kappa.control.catalogue.Legs;
import io.kappa.control.catalogue.Settlement;
import io.kappa.control.catalogue.Transitions;
import io.kappa.control.catalogue.VersionSchema;
import io.kappa.control.compare.Comparison;
import io.kappa.control.compare.Comparisons;
import io.kappa.control.compare.Expected;
import io.kappa.control.compare.FenceComparison;
import io.kappa.control.compare.Pair;
import io.kappa.control.cutover.Removal;
import io.kappa.control.version.Frontier;
import io.kappa.control.version.Leg;
import io.kappa.control.version.Phase;
import io.kappa.control.version.RunProfile;
import io.kappa.control.version.VersionName;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Does what a version's life asks for next, one step at a time. */
final class Steps {

  private final Tools tools;
  private final Consumer<String> say;
  private final Submitter submitter;

  /**
   * @param say is told one line a step
   */
  Steps(Tools tools, Submitter submitter, Consumer<String> say) {
    this.tools = tools;
    this.submitter = submitter;
    this.say = say;
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
    Entry live = seen.live().orElseThrow();
    Entry entry = seen.entry();
    Optional<Frontier> fence =
        tools
            .transitions()
            .takeFence(
                lease,
                entry.version().phase(),
                entry.leg(),
                entry.version().start(),
                replayProfile(entry),
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
    submitter.submit(seen.entry());
  }

  /** Makes its tables of what was appended on the way, and notes that it stands at its fence. */
  void markFenced(Lease lease, Lookout.View seen) {
    VersionName name = seen.entry().version().name();
    Leg leg = seen.entry().leg().orElseThrow();
    List<TableShape> tables = tables(seen.entry());
    try {
      tools
          .transitions()
          .move(
              lease,
              Phase.REPLAYING,
              Phase.FENCED,
              "at the fence",
              Map.of("leg", Integer.toString(leg.number())),
              connection -> Settlement.settle(connection, name, tables));
    } catch (LedgerConflictException conflict) {
      markFailed(lease, seen, conflict.getMessage());
      return;
    }
    say.accept("%s stands at its fence".formatted(name));
  }

  /** Holds its tables against the copy, and notes what was found. */
  void compare(Lease lease, Lookout.View seen) {
    Entry entry = seen.entry();
    VersionName name = entry.version().name();
    Leg leg = entry.leg().orElseThrow();
    Entry baseline =
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

  /** Where state didn't fit into memory before, it won't now. */
  private static RunProfile replayProfile(Entry entry) {
    RunProfile replay = entry.course().replay();
    boolean onDisk = entry.leg().filter(leg -> !leg.profile().isOnHeap()).isPresent();
    return onDisk ? replay.onDisk() : replay;
  }

  /** Opens a leg that goes on to the same fence, with its state on disk. */
  void openLegOnDisk(Lease lease, Lookout.View seen) {
    Entry entry = seen.entry();
    VersionName name = entry.version().name();
    Leg before = entry.leg().orElseThrow();
    Leg next =
        new Leg(
            before.number() + 1,
            before.start(),
            before.fence(),
            before.savepoint(),
            before.profile().onDisk(),
            0,
            Optional.empty());
    Phase phase = entry.version().phase();
    tools
        .transitions()
        .move(
            lease,
            phase,
            phase,
            "state goes on disk",
            Map.of("leg", Integer.toString(next.number())),
            connection -> Legs.open(connection, name, next));
    say.accept("%s goes on with its state on disk, as it doesn't fit into memory".formatted(name));
  }

  /** Opens the leg without an end. */
  void openLastLeg(Lease lease, Lookout.View seen) {
    Entry entry = seen.entry();
    VersionName name = entry.version().name();
    Leg before = entry.leg().orElseThrow();
    boolean isFirst = entry.readsHistory();
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
            entry.version().phase(),
            isFirst ? Phase.REPLAYING : Phase.CATCHING_UP,
            isFirst ? "history read" : "catching up",
            Map.of("leg", Integer.toString(last.number())),
            connection -> Legs.open(connection, name, last));
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
    boolean there = seen.situation().pastHistory();
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
            connection -> Endings.failed(connection, name, why));
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
            connection -> Endings.over(connection, name));
  }

  /** Ends its run. */
  void cancel(Lookout.View seen) {
    seen.job().ifPresent(job -> tools.flink().cancel(job.id()));
  }

  private List<TableShape> tables(Entry entry) {
    return tools.tablesOf(entry.version());
  }
}
