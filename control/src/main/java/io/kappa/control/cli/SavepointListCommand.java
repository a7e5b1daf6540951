package io.kappa.control.cli;

import io.kappa.common.table.Identifier;
import io.kappa.control.Refusal;
import io.kappa.control.catalogue.Entry;
import io.kappa.control.replay.RetainedCheckpoints;
import io.kappa.control.replay.SavepointShelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kappa savepoint list}. */
@Command(
    name = "list",
    description =
        "Say which savepoints and retained checkpoints there are of the versions of a job.",
    footer = {
      "",
      "Savepoints are made where a leg of a replay ends and where a version is stopped; checkpoints",
      "are what a version that was killed goes on from.",
      "",
      "Example:",
      "  ./kappa savepoint list activity-metrics --json"
    })
final class SavepointListCommand implements Runnable {

  /** One of them. */
  record Kept(String version, String kind, String writtenAt, String path) {

    static Kept of(Entry entry, String kind, Path path) {
      try {
        Instant at = Files.getLastModifiedTime(path.resolve("_metadata")).toInstant();
        return new Kept(
            entry.version().name().toString(),
            kind,
            at.truncatedTo(ChronoUnit.SECONDS).toString(),
            path.toString());
      } catch (IOException e) {
        throw new Refusal("%s can't be read any more".formatted(path), "give the command again", e);
      }
    }
  }

  @Parameters(arity = "0..1", paramLabel = "JOB", description = "The job (default: all).")
  private Optional<Identifier> job = Optional.empty();

  @Option(names = "--json", description = "Print a JSON array.")
  private boolean json;

  private final Installation installation;
  private final Terminal terminal;

  SavepointListCommand(Installation installation, Terminal terminal) {
    this.installation = installation;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    List<Kept> all = all();
    if (json) {
      terminal.say(JsonText.of(all));
    } else if (all.isEmpty()) {
      terminal.say("there are none");
    } else {
      TextTable table =
          new TextTable(
              List.of("version", "kind", "written", "path"), List.of(false, false, false, false));
      all.forEach(
          kept -> table.row(List.of(kept.version(), kept.kind(), kept.writtenAt(), kept.path())));
      table.print(terminal.out());
      terminal.out().flush();
    }
  }

  private List<Kept> all() {
    SavepointShelf savepoints = installation.savepoints();
    RetainedCheckpoints checkpoints = installation.checkpoints();
    List<Kept> all = new ArrayList<>();
    for (Entry entry : installation.versions().snapshot().entries()) {
      if (job.isEmpty() || job.get().equals(entry.version().name().job())) {
        savepoints
            .all(entry.version().name())
            .forEach(path -> all.add(Kept.of(entry, "savepoint", path)));
        checkpoints.all(entry).forEach(path -> all.add(Kept.of(entry, "checkpoint", path)));
      }
    }
    return all;
  }
}
