package io.kappa.control.upgrade;

import io.kappa.common.table.Identifier;
import io.kappa.control.Refusal;
import io.kappa.control.catalogue.Entry;
import io.kappa.control.jar.StateVerdict;
import io.kappa.control.version.Phase;
import io.kappa.control.version.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;

/** Which upgrades are refused, and what is said then. */
final class UpgradeRules {

  private static final Set<Phase> RUNNING =
      EnumSet.of(Phase.CREATED, Phase.REPLAYING, Phase.LIVE, Phase.STANDBY);

  private UpgradeRules() {}

  static void refuseUnlessFine(Upgrader.Plan plan) {
    plan.verdicts().stream()
        .filter(verdict -> !verdict.isFine())
        .findFirst()
        .ifPresent(verdict -> refuse(plan, verdict));
  }

  private static void refuse(Upgrader.Plan plan, StateVerdict verdict) {
    Identifier job = plan.version().version().name().job();
    throw new Refusal(
        "%s can't go on from its state with that jar: %s%s of %s is %s: %s"
            .formatted(
                plan.version().version().name(),
                verdict.state().isEmpty() ? "the state" : "state ",
                verdict.state(),
                verdict.operator(),
                verdict.verdict(),
                verdict.reason()),
        "nothing was stopped; ./kappa replay %s --jar FILE makes a new version of it from the log"
            .formatted(job));
  }

  static void refuseUnlessRunning(Entry entry) {
    if (!RUNNING.contains(entry.version().phase())) {
      throw new Refusal(
          "%s is %s".formatted(entry.version().name(), entry.version().phase()),
          "only a version that runs can be upgraded");
    }
    // It's about to be stopped and to go on otherwise anyway.
    if (entry.readsHistory() || entry.isChangingLegs()) {
      throw new Refusal(
          "%s still reads what the log held when it was started".formatted(entry.version().name()),
          "./kappa wait %s waits until it lives".formatted(entry.version().name().job()));
    }
  }

  static void refuseUnlessThere(Path jar) {
    if (!Files.isRegularFile(jar)) {
      throw new Refusal(
          "There is no jar at %s".formatted(jar),
          "make build makes Kappa's own; nothing was stopped");
    }
  }

  static Refusal nothingYet(Entry entry) {
    return new Refusal(
        "%s has no state yet to go on from".formatted(entry.version().name()),
        "./kappa wait %s waits until it has read something"
            .formatted(entry.version().name().job()));
  }

  static void refuseTooWide(Version version, OptionalInt parallelism, int slots) {
    if (parallelism.isPresent() && parallelism.getAsInt() > version.maxParallelism()) {
      throw new Refusal(
          "%s has max parallelism %d, and %d is more"
              .formatted(version.name(), version.maxParallelism(), parallelism.getAsInt()),
          "give less, or make a new version: ./kappa replay %s".formatted(version.name().job()));
    }
    if (parallelism.isPresent() && parallelism.getAsInt() > slots) {
      throw new Refusal(
          "Flink has room for %d subtasks, and %d is more".formatted(slots, parallelism.getAsInt()),
          "give less, or more task slots to Flink");
    }
  }
}
