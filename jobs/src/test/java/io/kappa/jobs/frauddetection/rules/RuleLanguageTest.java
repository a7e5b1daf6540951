package io.kappa.jobs.frauddetection.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.common.event.Rule;
import io.kappa.jobs.frauddetection.rules.Condition.AmountAbove;
import io.kappa.jobs.frauddetection.rules.Condition.AverageAbove;
import io.kappa.jobs.frauddetection.rules.Condition.CountAbove;
import io.kappa.jobs.frauddetection.rules.Condition.FarApart;
import io.kappa.jobs.frauddetection.rules.Condition.SumAbove;
import io.kappa.jobs.frauddetection.rules.Condition.TerminalSuspected;
import io.kappa.jobs.frauddetection.rules.Condition.TerminalsAbove;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a rule's text means, and what is said of text that is no rule. */
class RuleLanguageTest {

  private static final long DAY = 86_400_000;
  private static final long LONGEST = 30 * DAY;

  private static Reading read(String kind, String parameters) {
    return RuleLanguage.read(new Rule("r", kind, parameters, 5, null), LONGEST);
  }

  private static Condition condition(String kind, String parameters) {
    assertThat(read(kind, parameters)).isInstanceOf(Reading.Ok.class);
    return ((Reading.Ok) read(kind, parameters)).wording().condition();
  }

  @Test
  void eachKindIsReadWithItsParameters() {
    assertThat(condition("amount-above", "{\"amountCents\":22000}"))
        .isEqualTo(new AmountAbove(22_000));
    assertThat(condition("sum-above", "{\"amountCents\":9,\"per\":\"account\",\"window\":\"1d\"}"))
        .isEqualTo(new SumAbove(Scope.ACCOUNT, DAY, 9));
    assertThat(condition("count-above", "{\"count\":0,\"per\":\"terminal\",\"window\":\"5m\"}"))
        .isEqualTo(new CountAbove(Scope.TERMINAL, 300_000, 0));
    assertThat(
            condition(
                "average-above",
                "{\"amountCents\":7,\"atLeast\":3,\"times\":2.5,\"window\":\"30d\"}"))
        .isEqualTo(new AverageAbove(LONGEST, 2_500, 3, 7));
    assertThat(condition("terminals-above", "{\"count\":4,\"window\":\"90s\"}"))
        .isEqualTo(new TerminalsAbove(90_000, 4));
    assertThat(condition("far-apart", "{\"regionLength\":3,\"window\":\"500ms\"}"))
        .isEqualTo(new FarApart(500, 3));
    assertThat(condition("terminal-suspected", "{\"confirmed\":2,\"window\":\"7d\"}"))
        .isEqualTo(new TerminalSuspected(7 * DAY, 2));
  }

  @Test
  void whatMayBeLeftOutHasADefault() {
    assertThat(condition("average-above", "{\"times\":3,\"window\":\"1d\"}"))
        .isEqualTo(new AverageAbove(DAY, 3_000, 5, 0));
    assertThat(condition("far-apart", "{\"regionLength\":null,\"window\":\"1h\"}"))
        .isEqualTo(new FarApart(3_600_000, 256));
    assertThat(condition("terminal-suspected", "{\"window\":\"1d\"}"))
        .isEqualTo(new TerminalSuspected(DAY, 1));
  }

  @Test
  void aWordingHoldsFromAndToWhatTheRuleSays() {
    Rule ending = new Rule("r", "amount-above", "{\"amountCents\":1}", 5, 9L);

    assertThat(RuleLanguage.read(ending, LONGEST))
        .isEqualTo(
            new Reading.Ok(
                new Wording("r", "amount-above {\"amountCents\":1}", new AmountAbove(1), 5, 9)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "jump | {} | kind: jump; allowed: amount-above, average-above, count-above, far-apart,"
            + " sum-above, terminal-suspected, terminals-above",
        "amount-above | {} | amountCents: missing; allowed: a whole number from 0 to"
            + " 10000000000000000",
        "amount-above | {\"amountCents\":null} | amountCents: missing; allowed: a whole number from"
            + " 0 to 10000000000000000",
        "amount-above | {\"amountCents\":-1} | amountCents: -1; allowed: a whole number from 0 to"
            + " 10000000000000000",
        "amount-above | {\"amountCents\":1.5} | amountCents: 1.5; allowed: a whole number from 0 to"
            + " 10000000000000000",
        "amount-above | {\"amountCents\":\"9\"} | amountCents: 9; allowed: a whole number from 0 to"
            + " 10000000000000000",
        "amount-above | {\"amountCents\":99999999999999999999} | amountCents: 99999999999999999999;"
            + " allowed: a whole number from 0 to 10000000000000000",
        "amount-above | {\"amountCents\":[1]} | amountCents: [; allowed: a number or a text",
        "amount-above | {\"amountCents\":1,\"currency\":\"EUR\"} | currency: unknown parameter;"
            + " allowed: amountCents",
        "count-above | {\"count\":1,\"per\":\"card\",\"window\":\"1h\"} | per: card; allowed:"
            + " account or terminal",
        "count-above | {\"count\":1,\"per\":\"account\"} | window: missing; allowed: a number with"
            + " ms, s, m, h or d behind it, from 1ms to 30d",
        "far-apart | {\"window\":\"31d\"} | window: 31d; allowed: a number with ms, s, m, h or d"
            + " behind it, from 1ms to 30d",
        "far-apart | {\"window\":\"0s\"} | window: 0s; allowed: a number with ms, s, m, h or d"
            + " behind it, from 1ms to 30d",
        "far-apart | {\"window\":60} | window: 60; allowed: a number with ms, s, m, h or d behind"
            + " it, from 1ms to 30d",
        "average-above | {\"times\":1.2345,\"window\":\"1d\"} | times: 1.2345; allowed: a number"
            + " above 0, up to 1000, with 3 digits behind the point at most",
        "average-above | {\"times\":0,\"window\":\"1d\"} | times: 0; allowed: a number above 0, up"
            + " to 1000, with 3 digits behind the point at most",
        "average-above | {\"times\":1e3,\"window\":\"1d\"} | times: 1e3; allowed: a number above 0,"
            + " up to 1000, with 3 digits behind the point at most"
      })
  void whatIsNoRuleIsNamed(String kind, String parameters, String problem) {
    assertThat(read(kind, parameters)).isEqualTo(new Reading.Bad(problem));
  }

  @Test
  void aLongValueIsShortened() {
    String kind = "x".repeat(119) + "\uD83D\uDE00yz";

    assertThat(((Reading.Bad) read(kind, "{}")).problem())
        .startsWith("kind: " + "x".repeat(119) + "…; allowed: amount-above");
  }

  @Test
  void aNumberThatNoParserTakesIsABadRuleAndNoFailure() {
    assertThat(read("amount-above", "{\"amountCents\":" + "9".repeat(5_000) + "}"))
        .isInstanceOf(Reading.Bad.class);
  }
}
