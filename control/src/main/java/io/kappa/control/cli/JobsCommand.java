package io.kappa.control.cli;

import io.kappa.common.table.TableShape;
import io.kappa.common.table.TableShape.ColumnShape;
import io.kappa.control.jar.JobDescription;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kappa jobs}. */
@Command(
    name = "jobs",
    description = "Say which jobs there are: their topics, parameters and tables.",
    footer = {"", "Example:", "  ./kappa jobs --json"})
final class JobsCommand implements Runnable {

  @Option(
      names = "--jar",
      paramLabel = "FILE",
      description = "The jar to ask (default: the one that make build makes).")
  private Optional<Path> jar = Optional.empty();

  @Option(names = "--json", description = "Print a JSON array.")
  private boolean json;

  private final Installation installation;
  private final Terminal terminal;

  JobsCommand(Installation installation, Terminal terminal) {
    this.installation = installation;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    List<JobDescription> jobs = installation.jobs().all(installation.jar(jar));
    if (json) {
      terminal.say(JsonText.of(jobs));
    } else {
      jobs.forEach(this::say);
    }
  }

  private void say(JobDescription job) {
    terminal.say(job.name() + ": " + job.description());
    terminal.say("  reads   " + String.join(", ", job.topics()));
    for (TableShape table : job.tables()) {
      terminal.say("  serves  %s(%s | %s)".formatted(table.name(), key(table), values(table)));
    }
    for (JobDescription.ParameterDescription parameter : job.parameters()) {
      terminal.say(
          "  --set   %s=%s  %s"
              .formatted(parameter.name(), parameter.defaultText(), parameter.description()));
    }
  }

  private static String key(TableShape table) {
    return names(table.key());
  }

  private static String values(TableShape table) {
    return names(table.values());
  }

  private static String names(List<ColumnShape> columns) {
    return columns.stream().map(ColumnShape::name).collect(Collectors.joining(", "));
  }
}
