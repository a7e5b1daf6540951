package io.kappa.control.cli;

import io.kappa.control.jar.StateVerdict;
import io.kappa.control.upgrade.Upgrader;
import io.kappa.control.version.VersionName;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Says what would become of a version's state. */
final class StateVerdicts {

  private StateVerdicts() {}

  static void say(Upgrader.Plan plan, Terminal terminal) {
    VersionName name = plan.version().version().name();
    terminal.say(
        "%s, from %s"
            .formatted(name, plan.version().leg().map(leg -> "leg " + leg.number()).orElse("?")));
    terminal.say("to  %s".formatted(plan.after().inShort()));
    if (plan.verdicts().isEmpty()) {
      terminal.say("The jar is the one that it has, so all its state goes on as it is.");
      return;
    }
    TextTable table =
        new TextTable(
            List.of("operator", "state", "verdict", "why"), List.of(false, false, false, false));
    for (StateVerdict verdict : plan.verdicts()) {
      table.row(List.of(verdict.operator(), verdict.state(), verdict.verdict(), verdict.reason()));
    }
    table.print(terminal.out());
    terminal.out().flush();
    terminal.say(summary(plan.verdicts()));
  }

  /** How many there are of each, and what that means. */
  private static String summary(List<StateVerdict> verdicts) {
    Map<String, Integer> counts = new TreeMap<>();
    verdicts.forEach(verdict -> counts.merge(verdict.verdict(), 1, Integer::sum));
    StringBuilder text = new StringBuilder();
    counts.forEach(
        (verdict, count) ->
            text.append(text.isEmpty() ? "" : ", ").append(count).append(' ').append(verdict));
    boolean fine = verdicts.stream().allMatch(StateVerdict::isFine);
    return "%s: %s"
        .formatted(text, fine ? "it can go on from its state" : "it can't go on from its state");
  }
}
