package io.kappa.control.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds what a command said against what it did. */
final class Effects {

  /** Commands that do one thing, and what the audit trail calls it. */
  private static final Map<String, String> EVENTS =
      Map.of(
          "cutover",
          "cut over",
          "rollback",
          "rolled back",
          "retire",
          "retired",
          "abort",
          "aborted");

  /** How they say that it was done before. */
  private static final List<String> ALREADY =
      List.of("is RETIRED already", "already; there is nothing to do");

  private Effects() {}

  /**
   * What is wrong; empty if nothing.
   *
   * @param disturbed a part was killed meanwhile, so that a command may not know what it did
   */
  static List<String> of(Outcome outcome, Catalogue after, boolean disturbed) {
    List<String> wrong = new ArrayList<>(outcome.illSaid());
    String event = EVENTS.get(outcome.words().get(0));
    if (event != null) {
      long times = times(event, outcome, after);
      if (!allowed(outcome, disturbed).contains(times)) {
        wrong.add("%s, but '%s' is there %d times".formatted(outcome, event, times));
      }
    } else if (outcome.is("replay") && outcome.done()) {
      boolean goesOn = outcome.out().contains("is there already");
      if (times("created", outcome, after) != (goesOn ? 0 : 1)) {
        wrong.add("%s, but that isn't what was created: %s".formatted(outcome, after.line()));
      }
    } else if (outcome.is("verify") && outcome.done() && !outcome.out().contains("0 differences")) {
      wrong.add("a verification without its result: " + outcome);
    } else if (outcome.err().contains("isn't what the log says")) {
      wrong.add("replayed, it gives other rows: " + outcome);
    }
    return wrong;
  }

  /** How often it may have done it. */
  private static Set<Long> allowed(Outcome outcome, boolean disturbed) {
    if (outcome.done()) {
      boolean wasDone = ALREADY.stream().anyMatch(outcome.out()::contains);
      return wasDone ? Set.of(0L) : Set.of(1L);
    }
    return outcome.killed() || disturbed ? Set.of(0L, 1L) : Set.of(0L);
  }

  private static long times(String event, Outcome outcome, Catalogue after) {
    return after.by(outcome.actor()).stream().filter(entry -> entry.event().equals(event)).count();
  }
}
