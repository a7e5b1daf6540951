package io.kappa.control.cli;

import io.kappa.control.Refusal;
import io.kappa.control.catalogue.Versions;
import io.kappa.control.replay.Needed;
import io.kappa.control.replay.SavepointShelf;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kappa savepoint dispose}. */
@Command(
    name = "dispose",
    description = "Delete a savepoint that nobody needs any more.",
    footer = {
      "",
      "What a version goes on from, or goes back to, is never deleted. Checkpoints are Flink's own",
      "and come and go by themselves.",
      "",
      "Example:",
      "  ./kappa savepoint dispose .kappa/flink/savepoints/activity-metrics-v1/leg-1/savepoint-0123"
    })
final class SavepointDisposeCommand implements Runnable {

  @Parameters(
      paramLabel = "PATH",
      description = "The directory of the savepoint; ./kappa savepoint list shows them.")
  private Path path;

  @Option(names = "--dry-run", description = "Say what would be done, and do nothing.")
  private boolean dryRun;

  private final Installation installation;
  private final Terminal terminal;

  SavepointDisposeCommand(Installation installation, Terminal terminal) {
    this.installation = installation;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    Path savepoint = path.toAbsolutePath().normalize();
    SavepointShelf shelf = installation.savepoints();
    Versions.Snapshot snapshot = installation.versions().snapshot();
    boolean isThere =
        snapshot.entries().stream()
            .anyMatch(entry -> shelf.all(entry.version().name()).contains(savepoint));
    if (!isThere) {
      throw new Refusal(
          "%s is no savepoint of a version".formatted(savepoint),
          "./kappa savepoint list shows what there is");
    }
    Needed.by(snapshot, savepoint)
        .ifPresent(
            what -> {
              throw new Refusal(
                  "%s is needed: %s".formatted(savepoint, what), "it stays until it isn't");
            });
    if (dryRun) {
      terminal.say("would delete %s".formatted(savepoint));
      return;
    }
    shelf.delete(savepoint);
    terminal.say("deleted %s".formatted(savepoint));
  }
}
