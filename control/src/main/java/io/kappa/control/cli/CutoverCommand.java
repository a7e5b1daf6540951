package io.kappa.control.cli;

import io.kappa.control.cutover.Intent.Way;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kappa cutover}. */
@Command(
    name = "cutover",
    description = "Let a job's readers see the candidate: all tables at once, nobody waits.",
    footer = {
      "",
      "The version that they saw stands by; ./kappa rollback goes back to it.",
      "",
      "Example:",
      "  ./kappa cutover activity-metrics --accept 'return quantities were wrong before'"
    })
final class CutoverCommand implements Runnable {

  @Option(
      names = "--accept",
      paramLabel = "REASON",
      description = "Cut over although the comparison doesn't allow it; the reason is noted.")
  private Optional<String> accepted = Optional.empty();

  @Mixin private SwitchOptions options;

  @Spec private CommandSpec spec;

  private final Installation installation;
  private final Terminal terminal;

  CutoverCommand(Installation installation, Terminal terminal) {
    this.installation = installation;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    if (accepted.filter(String::isBlank).isPresent()) {
      throw new ParameterException(
          spec.commandLine(), "--accept='%s': a reason is wanted".formatted(accepted.get()));
    }
    options.run(Way.CUT_OVER, accepted, installation, terminal);
  }
}
