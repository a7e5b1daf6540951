package io.kappa.control.cli;

import io.kappa.common.table.Identifier;
import io.kappa.control.cutover.Intent;
import io.kappa.control.cutover.Intent.Way;
import io.kappa.control.cutover.Switch;
import io.kappa.control.cutover.Switched;
import io.kappa.control.version.Frontier;
import io.kappa.control.version.Phase;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes a switch and says what was done, and how to go back. */
final class SwitchReport {

  /**
   * What the command was given.
   *
   * @param accepted why readers may see a version whose comparison doesn't allow it
   */
  record Wanted(Identifier job, Way way, Optional<String> accepted, Duration timeout) {}

  private final Terminal terminal;

  SwitchReport(Terminal terminal) {
    this.terminal = terminal;
  }

  void run(Switch change, Wanted wanted, boolean dryRun, boolean json) {
    Intent intent = change.look(wanted.job(), wanted.way());
    if (intent.isDone()) {
      sayDone(intent, json);
      return;
    }
    if (dryRun) {
      rehearse(change, intent, wanted, json);
      return;
    }
    Switched done = change.make(intent, wanted.accepted(), wanted.timeout());
    if (json) {
      Map<String, Object> facts = facts(intent);
      facts.put("generation", done.generation());
      facts.put("before", done.before().offsets());
      facts.put("after", done.after().offsets());
      facts.put("ground", done.ground());
      terminal.say(JsonText.of(facts));
      return;
    }
    terminal.say(
        "readers of %s see v%d now; they saw v%d"
            .formatted(wanted.job(), intent.to().number(), intent.from().number()));
    terminal.say(
        "at frontier %s, %s".formatted(text(done.after()), lead(done.after(), done.before())));
    terminal.say(done.ground());
    terminal.say(
        wanted.way() == Way.CUT_OVER
            ? "./kappa rollback %s goes back to v%d".formatted(wanted.job(), intent.from().number())
            : done.left() == Phase.READY
                ? "./kappa cutover %s goes to v%d again"
                    .formatted(wanted.job(), intent.from().number())
                : "v%d is %s: another candidate has its place"
                    .formatted(intent.from().number(), done.left()));
  }

  private void sayDone(Intent intent, boolean json) {
    if (json) {
      terminal.say(JsonText.of(facts(intent)));
    } else {
      terminal.say(
          "readers of %s see v%d already; there is nothing to do"
              .formatted(intent.to().job(), intent.to().number()));
    }
  }

  private void rehearse(Switch change, Intent intent, Wanted wanted, boolean json) {
    Optional<String> notNow = change.rehearse(intent, wanted.accepted());
    if (json) {
      Map<String, Object> facts = facts(intent);
      facts.put("dryRun", true);
      facts.put("notNow", notNow.orElse(null));
      terminal.say(JsonText.of(facts));
      return;
    }
    terminal.say(
        "would let readers of %s see v%d; they see v%d"
            .formatted(wanted.job(), intent.to().number(), intent.from().number()));
    notNow.ifPresent(
        why ->
            terminal.say(
                "not at this moment: %s; would wait %d s for a better one"
                    .formatted(why, wanted.timeout().toSeconds())));
  }

  private static Map<String, Object> facts(Intent intent) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("job", intent.from().job().value());
    facts.put("from", intent.from().number());
    facts.put("to", intent.to().number());
    return facts;
  }

  private static String text(Frontier frontier) {
    return frontier.offsets().entrySet().stream()
        .map(topic -> topic.getKey() + " " + topic.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String lead(Frontier after, Frontier before) {
    long records = before.recordsTo(after);
    return records == 0
        ? "the same as before"
        : "%,d records further than before".formatted(records);
  }
}
