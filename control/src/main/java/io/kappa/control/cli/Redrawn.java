package io.kappa.control.cli;

import java.util.List;

/**
 * A block of lines that is drawn again in its place; elsewhere than on a terminal, line by line.
 */
final class Redrawn {

  private final Terminal terminal;
  private int drawn;

  Redrawn(Terminal terminal) {
    this.terminal = terminal;
  }

  void show(List<String> lines) {
    if (!terminal.isInteractive()) {
      terminal.say(String.join("; ", lines.stream().map(String::strip).toList()));
      return;
    }
    StringBuilder block = new StringBuilder();
    if (drawn > 0) {
      block.append("\033[").append(drawn).append('A');
    }
    lines.forEach(line -> block.append("\r\033[K").append(line).append('\n'));
    block.append("\033[J");
    terminal.out().print(block);
    terminal.out().flush();
    drawn = lines.size();
  }
}
