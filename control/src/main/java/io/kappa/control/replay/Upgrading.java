package io.kappa.control.replay;

import io.kappa.control.Refusal;
import io.kappa.control.catalogue.AuditTrail;
import io.kappa.control.catalogue.Entry;
import io.kappa.control.catalogue.Lease;
import io.kappa.control.catalogue.Legs;
import io.kappa.control.catalogue.Locks;
import io.kappa.control.catalogue.Transitions;
import io.kappa.control.catalogue.Upgrades;
import io.kappa.control.catalogue.Versions;
import io.kappa.control.jar.StateVerdict;
import io.kappa.control.version.Frontier;
import io.kappa.control.version.Leg;
import io.kappa.control.version.Outfit;
import io.kappa.control.version.Upgrade;
import io.kappa.control.version.UpgradeStage;
import io.kappa.control.version.VersionName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Does what an upgrade asks for next, once its version is being stopped: each step is one
 * transaction, and the run that it calls for is handed in afterwards, as always.
 */
final class Upgrading {

  /** So many savepoints at the ends of legs a version keeps at least. */
  private static final int KEPT = 3;

  private final Tools tools;
  private final Consumer<String> say;

  /**
   * @param say is told one line a step
   */
  Upgrading(Tools tools, Consumer<String> say) {
    this.tools = tools;
    this.say = say;
  }

  /** Opens the leg on which the version is what it is to be, from where it was stopped. */
  void openUpgradedLeg(Lease lease, Lookout.View seen) {
    Entry entry = seen.entry();
    Upgrade upgrade = entry.upgrade().orElseThrow();
    Leg stopped = entry.leg().orElseThrow();
    String from = stopped.savepoint().orElseGet(() -> newestCheckpoint(entry));
    Frontier goal = tools.log().ends(entry.version().start().offsets().keySet());
    step(
        lease,
        entry,
        "upgrade: handing in",
        detail(upgrade.after(), "from", from),
        connection -> {
          Locks.refuseWhileSubmitting(connection, entry.version().name());
          Legs.open(connection, entry.version().name(), next(entry, from, upgrade.after()));
          Upgrades.dress(connection, entry.version().name(), upgrade.after());
          Upgrades.noteStopped(connection, entry.version().name(), goal);
          Upgrades.move(connection, entry.version().name(), UpgradeStage.TRYING, Optional.empty());
        });
    say.accept("%s goes on with %s".formatted(entry.version().name(), upgrade.after().inShort()));
  }

  /** Notes when the version has committed again. */
  void noteFirstCommit(Lease lease, Lookout.View seen) {
    VersionName name = seen.entry().version().name();
    tools
        .transitions()
        .within(
            lease,
            seen.entry().version().phase(),
            connection -> Upgrades.noteFirstCommit(connection, name));
  }

  /** Notes that the version doesn't do as it is. */
  void giveUp(Lease lease, Lookout.View seen) {
    giveUp(lease, seen, seen.situation().failure().orElse("no cause is known"));
  }

  /** Flink refuses to run it: as it was, so that it can't be stopped; changed; or as before. */
  void refused(Lease lease, Lookout.View seen, String why) {
    switch (seen.entry().upgrade().orElseThrow().stage()) {
      case STOPPING -> openUpgradedLeg(lease, seen);
      case TRYING -> giveUp(lease, seen, why);
      default -> stay(lease, seen.entry(), why);
    }
  }

  private void giveUp(Lease lease, Lookout.View seen, String why) {
    Entry entry = seen.entry();
    step(
        lease,
        entry,
        "upgrade: going back",
        Map.of("cause", why),
        connection ->
            Upgrades.move(
                connection, entry.version().name(), UpgradeStage.GOING_BACK, Optional.of(why)));
    say.accept("%s fails: %s; going back".formatted(entry.version().name(), why));
  }

  /**
   * Opens the leg on which the version is what it was. Nothing of the run that failed can commit
   * any more from then on. Where that had committed, the ledger is past the savepoint, and only its
   * own newest checkpoint leads on.
   */
  void openLegBack(Lease lease, Lookout.View seen) {
    Entry entry = seen.entry();
    VersionName name = entry.version().name();
    Upgrade upgrade = entry.upgrade().orElseThrow();
    boolean committed = entry.committedOnLeg();
    String from =
        committed ? newestCheckpoint(entry) : entry.leg().flatMap(Leg::restoreFrom).orElseThrow();
    boolean sameJar = upgrade.before().jarSha256().equals(upgrade.after().jarSha256());
    Optional<String> obstacle = committed && !sameJar ? obstacle(entry, upgrade) : Optional.empty();
    if (obstacle.isPresent()) {
      stay(lease, entry, obstacle.get());
      return;
    }
    step(
        lease,
        entry,
        "upgrade: handing in as before",
        detail(upgrade.before(), "from", from),
        connection -> {
          Locks.refuseWhileSubmitting(connection, entry.version().name());
          if (Transitions.fenceOff(connection, name).committedOnLeg() != committed) {
            throw new Refusal(
                "%s has committed meanwhile".formatted(name), "it is looked at again");
          }
          Legs.open(connection, name, next(entry, from, upgrade.before()));
          Upgrades.dress(connection, name, upgrade.before());
          Upgrades.move(connection, name, UpgradeStage.RETURNING, Optional.empty());
        });
    say.accept("%s goes on as before, with %s".formatted(name, upgrade.before().inShort()));
  }

  /** Notes that it commits again, changed or as before. */
  void end(Lease lease, Lookout.View seen) {
    Entry entry = seen.entry();
    Upgrade upgrade = entry.upgrade().orElseThrow();
    boolean changed = upgrade.stage() == UpgradeStage.TRYING;
    Outfit now = changed ? upgrade.after() : upgrade.before();
    step(
        lease,
        entry,
        changed ? "upgraded" : "upgrade: back as before",
        detail(
            now, "seconds without a commit", upgrade.pause().map(Upgrading::seconds).orElse("?")),
        connection ->
            Upgrades.move(
                connection,
                entry.version().name(),
                changed ? UpgradeStage.DONE : UpgradeStage.BACK,
                Optional.empty()));
    say.accept("%s commits with %s".formatted(entry.version().name(), now.inShort()));
    disposeOfOld(entry.version().name());
  }

  /** The newest few stay, and what somebody needs; those that somebody asked for aren't ours. */
  private void disposeOfOld(VersionName name) {
    List<Path> all = tools.savepoints().ofLegs(name);
    Versions.Snapshot snapshot = tools.versions().snapshot();
    for (Path old : all.subList(0, Math.max(0, all.size() - KEPT))) {
      if (Needed.by(snapshot, old).isEmpty()) {
        tools.savepoints().delete(old);
        say.accept("deleted %s".formatted(old));
      }
    }
  }

  /** Notes that it doesn't go on as before either. */
  void endStuck(Lease lease, Lookout.View seen) {
    stay(lease, seen.entry(), seen.situation().failure().orElse("no cause is known"));
  }

  private void stay(Lease lease, Entry entry, String why) {
    step(
        lease,
        entry,
        "upgrade: stuck",
        Map.of("cause", why),
        connection ->
            Upgrades.move(
                connection, entry.version().name(), UpgradeStage.STUCK, Optional.of(why)));
    say.accept("%s is stuck: %s".formatted(entry.version().name(), why));
  }

  /** What keeps the old jar from going on from the new one's state. */
  private Optional<String> obstacle(Entry entry, Upgrade upgrade) {
    List<StateVerdict> verdicts;
    try (HeldCheckpoint held = tools.checkpoints().hold(entry, tools.savepoints()).orElseThrow()) {
      verdicts =
          tools
              .states()
              .check(
                  held.path(),
                  Path.of(upgrade.after().jar()),
                  Tools.candidate(entry.version(), upgrade.before()));
    } catch (Refusal unknown) {
      return Optional.of(
          "%s; it had committed, and nobody can tell whether the jar before goes on from its state: %s"
              .formatted(upgrade.why().orElse("it failed"), unknown.getMessage()));
    }
    return verdicts.stream()
        .filter(verdict -> !verdict.isFine())
        .findFirst()
        .map(
            verdict ->
                "%s; it had committed, and the jar before can't go on from its state: %s of %s %s"
                    .formatted(
                        upgrade.why().orElse("it failed"),
                        verdict.state(),
                        verdict.operator(),
                        verdict.reason()));
  }

  private String newestCheckpoint(Entry entry) {
    return tools
        .checkpoints()
        .toGoOnFrom(entry, tools.savepoints())
        .orElseThrow(
            () ->
                new Refusal(
                    "%s has neither savepoint nor checkpoint".formatted(entry.version().name()),
                    "it has to commit once before it can be upgraded"));
  }

  private static Leg next(Entry entry, String from, Outfit outfit) {
    Leg before = entry.leg().orElseThrow();
    return new Leg(
        before.number() + 1,
        entry.ledger().frontier(),
        before.fence(),
        Optional.of(from),
        before.profile().with(outfit.parallelism()),
        0,
        Optional.empty());
  }

  private void step(
      Lease lease, Entry entry, String event, Map<String, String> detail, Transitions.Part part) {
    tools
        .transitions()
        .within(
            lease,
            entry.version().phase(),
            connection -> {
              part.in(connection);
              AuditTrail.write(connection, lease.holder(), entry.version().name(), event, detail);
            });
  }

  private static Map<String, String> detail(Outfit outfit, String name, String value) {
    Map<String, String> detail = new TreeMap<>();
    detail.put("jar", outfit.jarSha256());
    outfit
        .parallelism()
        .ifPresent(parallelism -> detail.put("parallelism", Integer.toString(parallelism)));
    detail.put(name, value);
    return detail;
  }

  private static String seconds(Duration pause) {
    return "%.1f".formatted(pause.toMillis() / 1_000.0);
  }
}
