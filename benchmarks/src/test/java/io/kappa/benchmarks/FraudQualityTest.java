package io.kappa.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FraudQualityTest {

  private static final FraudQuality QUALITY =
      FraudQuality.of(
          Map.of("1", "amount", "2", "amount", "3", "card"),
          List.of(
              List.of("large", "1"),
              List.of("large", "8"),
              List.of("often", "1"),
              List.of("often", "9"),
              List.of("often", "3")));

  @Test
  void aTransactionCountsOnceHoweverManyAlertsItHas() {
    assertThat(QUALITY.frauds()).isEqualTo(Map.of("amount", 2L, "card", 1L));
    assertThat(QUALITY.found()).isEqualTo(Map.of("amount", 1L, "card", 1L));
    assertThat(QUALITY.alerted()).isEqualTo(4);
    assertThat(QUALITY.precision()).isEqualTo(0.5);
    assertThat(QUALITY.recall()).isEqualTo(2.0 / 3);
  }

  @Test
  void eachRuleIsHeldAgainstTheTruth() {
    assertThat(QUALITY.byRule())
        .isEqualTo(
            Map.of(
                "large",
                Map.of("amount", 1L, "genuine", 1L),
                "often",
                Map.of("amount", 1L, "card", 1L, "genuine", 1L)));
  }

  @Test
  void thePageHasATableOfKindsAndOneOfRules() {
    assertThat(QUALITY.text())
        .isEqualTo(
            """
            | kind of fraud | transactions | found | recall |
            | --- | ---: | ---: | ---: |
            | amount | 2 | 1 | 50.0 % |
            | card | 1 | 1 | 100.0 % |
            | all | 3 | 2 | 66.7 % |

            4 transactions have an alert; precision 50.0 %.

            | rule | alerts | precision | amount | card | genuine |
            | --- | ---: | ---: | ---: | ---: | ---: |
            | large | 2 | 50.0 % | 1 | 0 | 1 |
            | often | 3 | 66.7 % | 1 | 1 | 1 |
            """);
  }
}
