package io.kappa.control.cli;

import io.kappa.local.PartStatus;
import io.kappa.local.Stack;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kappa down}. */
@Command(
    name = "down",
    description = "Stop the stack; data and jobs are there again at the next up.",
    footer = {"", "Example:", "  ./kappa down"})
final class DownCommand implements Runnable {

  @Option(names = "--json", description = "Print what is left running as JSON.")
  private boolean json;

  private final Installation installation;
  private final Terminal terminal;

  DownCommand(Installation installation, Terminal terminal) {
    this.installation = installation;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    Stack stack = installation.stack();
    DriverProcess.supervisor(installation).stop(json ? terminal::note : terminal::say);
    stack.down(json ? terminal::note : terminal::say);
    List<String> left =
        stack.status().stream()
            .filter(part -> part.state() == PartStatus.State.RUNNING)
            .map(part -> part.part().label())
            .toList();
    if (json) {
      terminal.say(JsonText.of(Map.of("running", left)));
    } else {
      terminal.say(left.isEmpty() ? "The stack is down." : "Still running: " + left);
    }
  }
}
