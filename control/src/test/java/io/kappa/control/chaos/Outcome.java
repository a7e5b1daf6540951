package io.kappa.control.chaos;

import java.util.ArrayList;
import java.util.List;

/**
 * What a command came to.
 *
 * @param code its exit code; {@link #KILLED} if it was killed before it ended
 */
record Outcome(String actor, List<String> words, int code, String out, String err, long millis) {

  static final int KILLED = 137;

  boolean done() {
    return code == 0;
  }

  boolean refused() {
    return code == 1;
  }

  boolean killed() {
    return code == KILLED;
  }

  boolean is(String command) {
    return words.get(0).equals(command);
  }

  /** What is wrong with how it ended: an exit code, a stack trace, a refusal without its remedy. */
  List<String> illSaid() {
    List<String> wrong = new ArrayList<>();
    if (!done() && !refused() && !killed()) {
      wrong.add("exit code %d; allowed is 0 or 1: %s".formatted(code, this));
    }
    if (err.contains("error in Kappa") || (out + err).contains("\tat ")) {
      wrong.add("not an answer for people: " + this);
    }
    List<String> said = err.lines().filter(line -> !line.isBlank()).toList();
    if (refused()
        && (said.size() < 2
            || !said.get(said.size() - 2).startsWith("kappa: ")
            || !said.get(said.size() - 1).startsWith("  -> "))) {
      wrong.add("a refusal is one line why and one what to do: " + this);
    }
    return wrong;
  }

  @Override
  public String toString() {
    String said = (out.strip() + "\n" + err.strip()).strip();
    return "%s %s -> %s in %d ms%s"
        .formatted(
            actor,
            String.join(" ", words),
            killed() ? "kill -9" : code,
            millis,
            said.isEmpty() ? "" : "\n      " + said.replace("\n", "\n      "));
  }
}
