package io.kappa.control.replay;

import io.kappa.control.catalogue.Entry;
import io.kappa.control.catalogue.Versions;
import io.kappa.control.version.Leg;
import io.kappa.control.version.Phase;
import io.kappa.control.version.Upgrade;
import io.kappa.control.version.UpgradeStage;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * For what a savepoint is still needed. A version goes on from the savepoint at its leg's beginning
 * until it has committed on that leg; an upgrade goes back to it as long as it is under way; and a
 * version that has stopped goes on from where it ended.
 */
public final class Needed {

  private Needed() {}

  /** For what somebody needs this savepoint; empty if nobody does. */
  public static Optional<String> by(Versions.Snapshot snapshot, Path savepoint) {
    return snapshot.entries().stream().flatMap(entry -> by(entry, savepoint).stream()).findFirst();
  }

  private static Optional<String> by(Entry entry, Path savepoint) {
    Phase phase = entry.version().phase();
    if (phase == Phase.RETIRED || phase == Phase.ABORTED || entry.leg().isEmpty()) {
      return Optional.empty();
    }
    Leg leg = entry.leg().get();
    if (is(leg.savepoint(), savepoint)) {
      return Optional.of("%s goes on from it".formatted(entry.version().name()));
    }
    if (isBeingStopped(entry, leg) && isOfLeg(entry, leg, savepoint)) {
      return Optional.of("%s is being stopped with it".formatted(entry.version().name()));
    }
    if (is(leg.restoreFrom(), savepoint) && !entry.committedOnLeg()) {
      return Optional.of(
          "%s began from it and has committed nothing since".formatted(entry.version().name()));
    }
    return isOfUpgrade(entry, savepoint)
        ? Optional.of("%s goes back to it if its upgrade fails".formatted(entry.version().name()))
        : Optional.empty();
  }

  private static boolean isOfUpgrade(Entry entry, Path savepoint) {
    Optional<Upgrade> open = entry.upgrade().filter(Upgrade::isOpen);
    List<Leg> since =
        entry.legs().stream()
            .filter(leg -> open.isPresent() && leg.number() >= open.get().leg())
            .toList();
    return since.stream()
        .anyMatch(leg -> is(leg.savepoint(), savepoint) || is(leg.restoreFrom(), savepoint));
  }

  /** Where its savepoint is, is noted only once it has stopped. */
  private static boolean isBeingStopped(Entry entry, Leg leg) {
    boolean upgraded =
        entry.upgrade().filter(each -> each.stage() == UpgradeStage.STOPPING).isPresent();
    return leg.savepoint().isEmpty() && (leg.stopAttempts() > 0 || upgraded);
  }

  private static boolean isOfLeg(Entry entry, Leg leg, Path savepoint) {
    return savepoint
        .normalize()
        .getParent()
        .endsWith(Path.of(entry.version().name().runName(), "leg-" + leg.number()));
  }

  private static boolean is(Optional<String> location, Path savepoint) {
    return location
        .filter(text -> text.startsWith("file:"))
        .map(text -> Path.of(URI.create(text)).normalize().equals(savepoint.normalize()))
        .orElse(false);
  }
}
