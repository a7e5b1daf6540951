package io.kappa.local.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.common.event.Rule;
import io.kappa.common.event.serde.Decoded;
import io.kappa.common.event.serde.Topics;
import io.kappa.local.data.GeneratorSettings.Shares;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RuleModelTest {

  private static final WorldSettings WORLD = Worlds.with(Shares.NONE);

  /** What is told of each rule in two months, in the order of the log. */
  private final Map<String, List<Rule>> told = told();

  private static Map<String, List<Rule>> told() {
    RecordStream<Rule> records = RuleModel.records(WORLD);
    Map<String, List<Rule>> told = new LinkedHashMap<>();
    while (records.moment() < Worlds.START + 60 * Worlds.DAY) {
      Rule rule = records.nextRecord().event();
      told.computeIfAbsent(rule.ruleId(), key -> new ArrayList<>()).add(rule);
    }
    return told;
  }

  @Test
  void everyRuleIsToldAtTheBeginningAndOnceADayAfterThat() {
    assertThat(told).hasSize(RuleModel.RULES);
    told.forEach(
        (id, rules) -> {
          assertThat(rules.get(0).at() - Worlds.START).as(id).isLessThan(1_000);
          for (int i = 1; i < rules.size(); i++) {
            assertThat(rules.get(i).at() - rules.get(i - 1).at())
                .as(id)
                .isBetween(0L, Worlds.DAY + 10);
          }
          assertThat(rules).hasSizeBetween(60, 62);
        });
  }

  @Test
  void mostRulesAreToldInTheSameWordsAndSomeChangeOnceInAWhile() {
    int changing = 0;
    for (List<Rule> rules : told.values()) {
      Set<String> wordings = new HashSet<>();
      int changes = -1;
      String before = "";
      for (Rule rule : rules) {
        wordings.add(rule.parameters());
        changes += rule.parameters().equals(before) ? 0 : 1;
        before = rule.parameters();
      }
      assertThat(changes).isLessThanOrEqualTo(5);
      changing += wordings.size() > 1 ? 1 : 0;
    }

    assertThat(changing).isEqualTo(2);
  }

  @Test
  void oneRuleHoldsForHalfOfEachDayAndTheOthersUntilTheyAreToldAgain() {
    told.forEach(
        (id, rules) ->
            assertThat(rules)
                .extracting(rule -> rule.effectiveTo() == null ? 0 : rule.effectiveTo() - rule.at())
                .containsOnly(id.equals("house-half-day") ? Worlds.DAY / 2 : 0L));
  }

  @Test
  void parametersAreCanonical() {
    for (List<Rule> rules : told.values()) {
      for (Rule rule : rules) {
        byte[] value = Topics.encoder(Topics.RULES).encode(rule);
        assertThat(Topics.RULES.decoder().decode(value)).isEqualTo(new Decoded.Ok<>(rule));
      }
    }
  }
}
