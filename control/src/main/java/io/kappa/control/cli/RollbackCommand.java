package io.kappa.control.cli;

import io.kappa.control.cutover.Intent.Way;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code kappa rollback}. */
@Command(
    name = "rollback",
    description = "Let a job's readers see the version before again: all tables at once.",
    footer = {
      "",
      "The version that they saw is READY again: ./kappa cutover goes back to it.",
      "",
      "Example:",
      "  ./kappa rollback activity-metrics"
    })
final class RollbackCommand implements Runnable {

  @Mixin private SwitchOptions options;

  private final Installation installation;
  private final Terminal terminal;

  RollbackCommand(Installation installation, Terminal terminal) {
    this.installation = installation;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    options.run(Way.ROLL_BACK, Optional.empty(), installation, terminal);
  }
}
