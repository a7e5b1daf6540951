package io.kappa.control.cli;

import io.kappa.control.replay.Background;
import io.kappa.control.replay.LogAdmin;
import io.kappa.control.version.Pacing;
import java.nio.file.Files;
import picocli.CommandLine.Command;

/** {@code kappa drive}. */
@Command(
    name = "drive",
    description = "Drive all versions on that have something left to do, until Ctrl-C.",
    footer = {
      "",
      "./kappa up starts one in the background; more than one do no harm.",
      "",
      "Example:",
      "  ./kappa drive"
    })
final class DriveCommand implements Runnable {

  private final Installation installation;

  DriveCommand(Installation installation) {
    this.installation = installation;
  }

  @Override
  public void run() {
    try (LogAdmin log = installation.log(Installation.PATIENCE);
        Background background =
            new Background(
                installation.tools(log),
                Pacing.DEFAULT,
                () -> !Files.isDirectory(installation.data()))) {
      background.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
