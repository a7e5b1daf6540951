package io.kappa.jobs.frauddetection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kappa.common.event.Rule;
import io.kappa.common.event.serde.Topics;
import io.kappa.common.job.Input;
import io.kappa.common.job.JobDefinition;
import io.kappa.common.job.Parameters;
import io.kappa.common.job.StandardParameters;
import io.kappa.common.table.Column;
import io.kappa.common.table.Table;
import io.kappa.jobs.frauddetection.rules.RuleSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** What the job says about itself, and which events it wants. */
class FraudDetectionTest {

  private final FraudDetection job = new FraudDetection();

  @Test
  void theJobIsFoundByItsService() {
    assertThat(ServiceLoader.load(JobDefinition.class))
        .filteredOn(found -> found.name().equals("fraud-detection"))
        .singleElement()
        .isInstanceOf(FraudDetection.class);
  }

  @Test
  void theTablesAreThoseOfTheDesign() {
    assertThat(job.tables().stream().map(FraudDetectionTest::shape))
        .containsExactly(
            "alerts(transaction_id, rule_id | account_id, terminal_id, at, amount_cents, reason)",
            "account_daily(account_id, day | transactions, amount_cents, alerts)",
            "terminal_daily(terminal_id, day | transactions, amount_cents, alerts)");
  }

  private static <R> String shape(Table<R> table) {
    return "%s(%s | %s)".formatted(table, names(table.key()), names(table.values()));
  }

  private static <R> String names(List<Column<R>> columns) {
    return String.join(", ", columns.stream().map(Column::name).toList());
  }

  @Test
  void theDefaultsAreTheDefaultRulesAndThirtyDays() {
    Parameters parameters = parameters(Map.of());

    assertThat(parameters.get(FraudDetection.BUILTIN_RULES)).isEqualTo(RuleSet.DEFAULT);
    assertThat(parameters.get(FraudDetection.MAX_WINDOW)).isEqualTo(30 * 86_400_000L);
    assertThat(parameters.get(FraudDetection.LABEL_HORIZON)).isEqualTo(30 * 86_400_000L);
  }

  @Test
  void whatIsNoParameterOfItsIsRefused() {
    assertThatThrownBy(
            () ->
                parameters(
                    Map.of("builtin-rules", "best", "max-window", "0", "label-horizon", "401d")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "1) builtin-rules=best: allowed is one of none, default, better; 2) max-window=0:"
                + " allowed is 1ms to 400d; 3) label-horizon=401d: allowed is 1ms to 400d");
  }

  @Test
  void aBadRuleIsNamedAndAGoodOneIsNot() {
    assertThat(problem(new Rule("r", "amount-above", "{\"amountCents\":5}", 1, null))).isEmpty();
    assertThat(problem(new Rule("r", "amount-above", "{\"amountCents\":\"5\"}", 1, null)))
        .contains("amountCents: 5; allowed: a whole number from 0 to 10000000000000000");
    assertThat(problem(new Rule("r", "far-apart", "{\"window\":\"8d\"}", 1, null)))
        .contains("window: 8d; allowed: a number with ms, s, m, h or d behind it, from 1ms to 7d");
  }

  @SuppressWarnings("unchecked")
  private Optional<String> problem(Rule rule) {
    Input<?> rules =
        job.inputs(parameters(Map.of("builtin-rules", "none", "max-window", "7d"))).stream()
            .filter(input -> input.topic().equals(Topics.RULES))
            .findFirst()
            .orElseThrow();
    return ((Input<Rule>) rules).check().apply(rule);
  }

  @Test
  void aBuiltInRuleWithTooLongAWindowIsRefusedBeforeTheJobRuns() {
    assertThatThrownBy(() -> job.inputs(parameters(Map.of("max-window", "7d"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("builtin-rules=default: rule unusual-amount, window: 30d");
  }

  private Parameters parameters(Map<String, String> given) {
    return Parameters.read(StandardParameters.with(job), given);
  }
}
