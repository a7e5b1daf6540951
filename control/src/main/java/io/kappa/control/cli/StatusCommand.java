package io.kappa.control.cli;

import io.kappa.common.table.Identifier;
import io.kappa.control.Refusal;
import io.kappa.control.jar.Nearest;
import io.kappa.control.status.JobStatus;
import io.kappa.control.status.JobStatus.VersionStatus;
import io.kappa.control.status.StatusJson;
import io.kappa.control.version.EngineState;
import io.kappa.control.version.Phase;
import io.kappa.control.version.Upgrade;
import io.kappa.control.version.VersionName;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kappa status}. */
@Command(
    name = "status",
    description = "Say how the jobs do: versions, phases, lag, what became of the records.",
    footer = {"", "Example:", "  ./kappa status activity-metrics --json"})
final class StatusCommand implements Runnable {

  private static final Set<EngineState> STOPPED =
      EnumSet.of(EngineState.NOT_RUNNING, EngineState.CANCELED, EngineState.FINISHED);

  @Parameters(arity = "0..1", paramLabel = "JOB", description = "One job only.")
  private Optional<Identifier> job = Optional.empty();

  @Option(names = "--json", description = "Print a JSON array, an object a job.")
  private boolean json;

  @Option(names = "--all", description = "Show the versions that are over too.")
  private boolean all;

  private final Installation installation;
  private final Terminal terminal;

  StatusCommand(Installation installation, Terminal terminal) {
    this.installation = installation;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    List<JobStatus> jobs = installation.status().read();
    List<JobStatus> wanted = job.isPresent() ? List.of(one(jobs, job.get())) : jobs;
    if (json) {
      terminal.say(JsonText.of(StatusJson.of(wanted)));
    } else if (wanted.isEmpty()) {
      terminal.say("No job was started yet; ./kappa jobs says which there are.");
    } else {
      print(wanted);
    }
  }

  /**
   * @throws Refusal if the job was never started
   */
  static JobStatus one(List<JobStatus> all, Identifier job) {
    return all.stream()
        .filter(status -> status.job().equals(job))
        .findFirst()
        .orElseThrow(
            () ->
                Nearest.refusal(
                    "started job", job.value(), all.stream().map(s -> s.job().value()).toList()));
  }

  private void print(List<JobStatus> jobs) {
    TextTable table =
        new TextTable(
            List.of(
                "job",
                "version",
                "phase",
                "state",
                "lag",
                "committed",
                "applied",
                "filtered",
                "quarantined"),
            List.of(false, false, false, false, true, true, true, true, true));
    jobs.forEach(status -> shown(status).forEach(version -> table.row(row(status, version))));
    table.print(terminal.out());
    jobs.forEach(status -> shown(status).forEach(this::printTrouble));
    long hidden =
        jobs.stream().mapToLong(status -> status.versions().size() - shown(status).size()).sum();
    if (hidden > 0) {
      terminal.say("(%d more that are over; --all shows them)".formatted(hidden));
    }
    terminal.out().flush();
  }

  /** A version that was retired or aborted is of interest to who asks for it. */
  private List<VersionStatus> shown(JobStatus status) {
    return status.versions().stream()
        .filter(
            version ->
                all || (version.phase() != Phase.RETIRED && version.phase() != Phase.ABORTED))
        .toList();
  }

  private static List<String> row(JobStatus job, VersionStatus version) {
    boolean live = job.live().isPresent() && job.live().getAsInt() == version.name().number();
    return List.of(
        job.job().value(),
        "v%d%s".formatted(version.name().number(), live ? " *" : ""),
        version.phase().name(),
        version.engine().name(),
        lag(version.lag()),
        version.committedAt().map(StatusCommand::ago).orElse("never"),
        "%,d".formatted(version.counts().applied()),
        "%,d".formatted(version.counts().filtered()),
        "%,d".formatted(version.counts().quarantined()));
  }

  private static String lag(OptionalLong lag) {
    return lag.isPresent() ? "%,d".formatted(lag.getAsLong()) : "unknown";
  }

  private static String ago(Instant at) {
    Duration ago = Duration.between(at, Instant.now());
    if (ago.toSeconds() < 120) {
      return "%d s ago".formatted(Math.max(0, ago.toSeconds()));
    }
    return ago.toMinutes() < 120
        ? "%d min ago".formatted(ago.toMinutes())
        : "%d h ago".formatted(ago.toHours());
  }

  private void printTrouble(VersionStatus version) {
    if (version.truncated()) {
      terminal.say("%s: reads a log whose head is gone".formatted(version.name()));
    }
    version
        .failure()
        .ifPresent(why -> terminal.say("%s failed: %s".formatted(version.name(), why)));
    version
        .trouble()
        .ifPresent(why -> terminal.say("%s restarting: %s".formatted(version.name(), why)));
    if (version.engine() == EngineState.UNKNOWN) {
      terminal.say("Flink doesn't answer; ./kappa up starts it again");
    }
    version.upgrade().ifPresent(upgrade -> printUpgrade(version.name(), upgrade));
    if (STOPPED.contains(version.engine())
        && version.failure().isEmpty()
        && version.upgrade().isEmpty()
        && !version.phase().isOver()) {
      terminal.say(
          "%s isn't running; ./kappa start %s runs it"
              .formatted(version.name(), version.name().job()));
    }
  }

  private void printUpgrade(VersionName name, Upgrade upgrade) {
    terminal.say(
        upgrade.isOpen()
            ? "%s is being upgraded to %s (%s); ./kappa upgrade %s --follow shows how far it is"
                .formatted(name, upgrade.after().inShort(), upgrade.stage(), name.job())
            : "%s is stuck in an upgrade: %s"
                .formatted(name, upgrade.why().orElse("no cause is known")));
  }
}
