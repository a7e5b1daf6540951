package io.kappa.control.cli;

import io.kappa.common.table.Identifier;
import io.kappa.control.catalogue.Entry;
import io.kappa.control.replay.LogAdmin;
import io.kappa.control.replay.Replay;
import io.kappa.control.replay.Tools;
import io.kappa.control.status.JobStatus.VersionStatus;
import io.kappa.control.version.VersionName;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code kappa wait}. */
@Command(
    name = "wait",
    description =
        "Wait until a job has committed all that the log holds now, or a candidate is READY.",
    footer = {"", "Example:", "  ./kappa wait activity-metrics --timeout 30m"})
final class WaitCommand implements Runnable {

  @Parameters(paramLabel = "JOB", description = "The job.")
  private Identifier job;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "10m",
      converter = Span.class,
      description = "How long at most: 30s, 10m, 2h (default: 10m).")
  private Duration timeout;

  private final Installation installation;
  private final Terminal terminal;

  WaitCommand(Installation installation, Terminal terminal) {
    this.installation = installation;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    Optional<Entry> candidate = Replay.candidate(installation.versions().snapshot(), job);
    if (candidate.isPresent()) {
      try (LogAdmin log = installation.log(Installation.PATIENCE)) {
        new CandidateWait(installation, terminal, installation.tools(log), log)
            .await(candidate.get().version().name(), timeout);
      }
      return;
    }
    Optional<VersionName> reading =
        installation.versions().snapshot().of(job).stream()
            .filter(entry -> entry.readsHistory() || entry.isChangingLegs())
            .map(entry -> entry.version().name())
            .findFirst();
    VersionStatus version;
    try (LogAdmin log = installation.log(Installation.PATIENCE)) {
      version = await(log, reading);
    }
    terminal.say(
        "%s: %,d applied, %,d filtered, %,d quarantined"
            .formatted(
                version.name(),
                version.counts().applied(),
                version.counts().filtered(),
                version.counts().quarantined()));
  }

  /**
   * @param reading the version that reads history, if one does
   */
  private VersionStatus await(LogAdmin log, Optional<VersionName> reading) {
    Tools tools = installation.tools(log);
    try (var driven = new DrivenMeanwhile(tools, reading);
        CtrlC ctrlC = new CtrlC();
        Meter meter = new Meter(terminal, job.value(), System::nanoTime)) {
      return new CatchingUp(
              installation.statusWithoutLog(),
              log,
              job,
              timeout,
              reading.map(unused -> new ReadAhead(tools.flink())))
          .await(meter, ctrlC);
    }
  }

  /** A length of time, as people write it. */
  static final class Span implements ITypeConverter<Duration> {

    private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,6})(s|m|h)");

    @Override
    public Duration convert(String text) {
      Matcher matcher = FORM.matcher(text);
      if (!matcher.matches()) {
        throw new TypeConversionException(
            "'%s'; allowed is a number with s, m or h behind it, such as 10m".formatted(text));
      }
      return Duration.parse("PT" + matcher.group(1) + matcher.group(2));
    }
  }
}
