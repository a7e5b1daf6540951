package io.kappa.jobs.frauddetection.rules;

import io.kappa.common.event.Rule;
import io.kappa.common.event.serde.Limits;
import java.util.List;

/** Reads rules. A pure function of the rule: it never throws because of one. */
public final class RuleLanguage {

  private static final List<String> KINDS =
      List.of(
          "amount-above",
          "average-above",
          "count-above",
          "far-apart",
          "sum-above",
          "terminal-suspected",
          "terminals-above");

  /** Sums of so much are believed: a thousand of the largest amounts. */
  private static final long MOST_CENTS = 1_000 * Limits.AMOUNT;

  private static final long MOST_PAYMENTS = 1_000_000;
  private static final long MOST_TIMES_THOUSANDTHS = 1_000_000;
  private static final int MOST_TERMINALS = 1_000;
  private static final int MOST_FRAUDS = 1_000;

  private RuleLanguage() {}

  /**
   * Reads a rule.
   *
   * @param longest the longest window that is allowed, in milliseconds
   */
  public static Reading read(Rule rule, long longest) {
    try {
      RuleFields fields = RuleFields.of(rule.parameters());
      Condition condition = condition(rule.kind(), fields, longest);
      fields.end();
      return new Reading.Ok(
          new Wording(
              rule.ruleId(),
              rule.kind() + ' ' + rule.parameters(),
              condition,
              rule.effectiveFrom(),
              rule.effectiveTo() == null ? Long.MAX_VALUE : rule.effectiveTo()));
    } catch (BadRule e) {
      return new Reading.Bad(e.getMessage());
    }
  }

  private static Condition condition(String kind, RuleFields fields, long longest) throws BadRule {
    return switch (kind) {
      case "amount-above" -> new Condition.AmountAbove(cents(fields));
      case "sum-above" ->
          new Condition.SumAbove(fields.scope("per"), window(fields, longest), cents(fields));
      case "count-above" ->
          new Condition.CountAbove(
              fields.scope("per"),
              window(fields, longest),
              fields.whole("count", 0, MOST_PAYMENTS));
      case "average-above" ->
          new Condition.AverageAbove(
              window(fields, longest),
              fields.thousandths("times", MOST_TIMES_THOUSANDTHS),
              fields.whole("atLeast", 1, MOST_PAYMENTS, 5),
              fields.whole("amountCents", 0, Limits.AMOUNT, 0));
      case "terminals-above" ->
          new Condition.TerminalsAbove(
              window(fields, longest), (int) fields.whole("count", 1, MOST_TERMINALS));
      case "far-apart" ->
          new Condition.FarApart(
              window(fields, longest),
              (int) fields.whole("regionLength", 1, Limits.ID_LENGTH, Limits.ID_LENGTH));
      case "terminal-suspected" ->
          new Condition.TerminalSuspected(
              window(fields, longest), (int) fields.whole("confirmed", 1, MOST_FRAUDS, 1));
      default -> throw new BadRule("kind", kind, String.join(", ", KINDS));
    };
  }

  private static long window(RuleFields fields, long longest) throws BadRule {
    return fields.length("window", longest);
  }

  private static long cents(RuleFields fields) throws BadRule {
    return fields.whole("amountCents", 0, MOST_CENTS);
  }
}
