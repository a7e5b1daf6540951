package io.kappa.control.upgrade;

import io.kappa.common.table.Identifier;
import io.kappa.control.Refusal;
import io.kappa.control.catalogue.AuditTrail;
import io.kappa.control.catalogue.Entry;
import io.kappa.control.catalogue.Upgrades;
import io.kappa.control.catalogue.Versions;
import io.kappa.control.jar.JarShelf;
import io.kappa.control.jar.JobDescription;
import io.kappa.control.jar.StateVerdict;
import io.kappa.control.replay.HeldCheckpoint;
import io.kappa.control.replay.Replay;
import io.kappa.control.replay.Tools;
import io.kappa.control.version.Leg;
import io.kappa.control.version.Outfit;
import io.kappa.control.version.Upgrade;
import io.kappa.control.version.UpgradeStage;
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
 * Finds out whether a job's live version can go on with another jar or another parallelism, and
 * begins with it. What is left is done by whoever drives versions on.
 */
public final class Upgrader {

  /**
   * What would be done.
   *
   * @param version as it is
   * @param after what it would be; its jar is where it was given
   * @param verdicts what would become of its state, one a state
   */
  public record Plan(Entry version, Outfit after, List<StateVerdict> verdicts) {

    /** Whether all state can be gone on with. */
    public boolean isFine() {
      return verdicts.stream().allMatch(StateVerdict::isFine);
    }
  }

  private final Tools tools;
  private final Consumer<String> say;

  /**
   * @param say is told one line a step
   */
  public Upgrader(Tools tools, Consumer<String> say) {
    this.tools = tools;
    this.say = say;
  }

  /**
   * The live version, with its upgrades.
   *
   * @throws Refusal if there is none
   */
  public Entry live(Identifier job) {
    return Replay.live(new Versions(tools.owner()).snapshot(), job);
  }

  /**
   * @throws Refusal if another upgrade than the wanted one is under way
   */
  public void refuseAnother(UpgradeRequest request) {
    Entry live = live(request.job());
    Optional<Outfit> after = live.upgrade().filter(Upgrade::isOpen).map(Upgrade::after);
    if (after.isEmpty()) {
      return;
    }
    boolean sameJar =
        request
            .jar()
            .map(jar -> !tools.shelf().isAnother(jar, after.get().jarSha256()))
            .orElse(true);
    boolean sameParallelism =
        request.sameParallelism() || request.parallelism().equals(after.get().parallelism());
    if (!sameJar || !sameParallelism) {
      throw new Refusal(
          "%s is being upgraded to %s".formatted(live.version().name(), after.get().inShort()),
          "./kappa upgrade %s --follow shows how far it is".formatted(request.job()));
    }
  }

  /**
   * What the version was before its last upgrade, to go back to.
   *
   * @throws Refusal if it was never upgraded
   */
  public UpgradeRequest back(Identifier job) {
    Entry live = live(job);
    Outfit before =
        live.upgrades().stream()
            .filter(
                upgrade ->
                    upgrade.stage() == UpgradeStage.DONE || upgrade.stage() == UpgradeStage.STUCK)
            .reduce((older, newer) -> newer)
            .map(Upgrade::before)
            .orElseThrow(
                () ->
                    new Refusal(
                        "%s was never upgraded".formatted(live.version().name()),
                        "./kappa rollback %s goes back to the version before".formatted(job)));
    return UpgradeRequest.to(job, before);
  }

  /**
   * Looks at what would be done, and does nothing.
   *
   * @throws Refusal if it can't be done whatever its state is
   */
  public Plan plan(UpgradeRequest request) {
    Entry entry = live(request.job());
    UpgradeRules.refuseUnlessRunning(entry);
    Outfit now = outfit(entry);
    Path jar = request.jar().orElse(Path.of(now.jar()));
    UpgradeRules.refuseUnlessThere(jar);
    OptionalInt parallelism = request.sameParallelism() ? now.parallelism() : request.parallelism();
    Outfit after = after(entry, now, jar, parallelism);
    UpgradeRules.refuseTooWide(entry.version(), parallelism, tools.flink().slots());
    try (HeldCheckpoint held =
        tools
            .checkpoints()
            .hold(entry, tools.savepoints())
            .orElseThrow(() -> UpgradeRules.nothingYet(entry))) {
      return new Plan(entry, after, verdicts(entry, now, after, held.path()));
    }
  }

  /**
   * @throws Refusal if the version is already what it would be
   */
  public static void refuseTheSame(Plan plan) {
    if (plan.after().equals(outfit(plan.version()))) {
      throw new Refusal(
          "%s runs %s already".formatted(plan.version().version().name(), plan.after().inShort()),
          "give another --jar, or another --parallelism");
    }
  }

  /**
   * Begins with it.
   *
   * @throws Refusal if its state can't be gone on with, or somebody else was faster
   */
  public void begin(Plan plan) {
    refuseTheSame(plan);
    VersionName name = plan.version().version().name();
    UpgradeRules.refuseUnlessFine(plan);
    JarShelf.Kept kept = tools.shelf().keep(Path.of(plan.after().jar()));
    if (!kept.sha256().equals(plan.after().jarSha256())) {
      throw new Refusal(
          "%s was made anew meanwhile".formatted(plan.after().jar()), "give the command again");
    }
    Outfit after =
        new Outfit(
            kept.sha256(),
            kept.path().toString(),
            plan.after().parameters(),
            plan.after().parallelism());
    Upgrade upgrade =
        new Upgrade(
            plan.version().upgrades().size() + 1,
            Instant.EPOCH,
            UpgradeStage.STOPPING,
            plan.version().leg().map(Leg::number).orElseThrow(),
            outfit(plan.version()),
            after,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    tools
        .owner()
        .inTransaction(
            connection -> {
              if (!Upgrades.insert(connection, name, upgrade)) {
                throw new Refusal(
                    "Another command has just begun to upgrade %s".formatted(name),
                    "./kappa upgrade %s --follow shows how far it is".formatted(name.job()));
              }
              AuditTrail.write(connection, tools.actor(), name, "upgrade begun", detail(upgrade));
              return null;
            });
    say.accept("upgrading %s to %s".formatted(name, after.inShort()));
  }

  private static Map<String, String> detail(Upgrade upgrade) {
    Map<String, String> detail = new TreeMap<>();
    detail.put("before", upgrade.before().inShort());
    detail.put("after", upgrade.after().inShort());
    detail.put("jar", upgrade.after().jarSha256());
    return detail;
  }

  private Outfit after(Entry entry, Outfit now, Path jar, OptionalInt parallelism) {
    if (!tools.shelf().isAnother(jar, now.jarSha256())) {
      return new Outfit(now.jarSha256(), now.jar(), now.parameters(), parallelism);
    }
    Identifier job = entry.version().name().job();
    JobDescription before = tools.jobs().job(Path.of(now.jar()), job);
    Map<String, String> parameters =
        Surface.parameters(entry.version(), before, tools.jobs().job(jar, job));
    return new Outfit(
        tools.shelf().digestOf(jar),
        jar.toString(),
        tools.jobs().parameters(jar, job, parameters),
        parallelism);
  }

  private List<StateVerdict> verdicts(Entry entry, Outfit now, Outfit after, Path savepoint) {
    if (after.jarSha256().equals(now.jarSha256())) {
      return List.of();
    }
    return tools
        .states()
        .check(savepoint, Path.of(now.jar()), Tools.candidate(entry.version(), after));
  }

  private static Outfit outfit(Entry entry) {
    Version version = entry.version();
    return new Outfit(
        version.jarSha256(),
        version.jar(),
        version.parameters(),
        entry.leg().orElseThrow().profile().parallelism());
  }
}
