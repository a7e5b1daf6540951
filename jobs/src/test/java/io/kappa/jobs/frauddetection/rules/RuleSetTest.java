package io.kappa.jobs.frauddetection.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kappa.common.event.Rule;
import io.kappa.common.event.serde.EventDecoder;
import io.kappa.common.event.serde.Topics;
import io.kappa.local.data.GeneratorSettings;
import io.kappa.local.data.GeneratorSettings.Shares;
import io.kappa.local.data.World;
import io.kappa.local.data.WorldSettings;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules that are shipped are rules, and hold from ever on where they are built in. */
class RuleSetTest {

  private static final long LONGEST = TimeUnit.DAYS.toMillis(30);

  @ParameterizedTest
  @EnumSource(names = {"DEFAULT", "BETTER"})
  void aShippedSetHoldsOneWordingOfEachOfItsRules(RuleSet set) {
    List<Rule> rules = set.rules();

    assertThat(rules).isNotEmpty().allMatch(rule -> rule.at() == EventDecoder.EARLIEST_AT);
    assertThat(rules.stream().map(Rule::ruleId)).doesNotHaveDuplicates();
    assertThat(set.wordings(LONGEST))
        .hasSameSizeAs(rules)
        .allMatch(wording -> wording.from() == Long.MIN_VALUE && wording.to() == Long.MAX_VALUE);
  }

  @Test
  void theBetterSetIsAnother() {
    assertThat(RuleSet.BETTER.rules()).isNotEqualTo(RuleSet.DEFAULT.rules());
  }

  @Test
  void everyRuleThatIsGeneratedCanBeRead() {
    WorldSettings settings =
        WorldSettings.history(
            GeneratorSettings.standard(7).withShares(Shares.NONE),
            Set.of(Topics.RULES),
            1_000,
            WorldSettings.SPAN,
            WorldSettings.LATEST_LABEL);
    World world = new World(settings);

    for (int i = 0; i < 1_000 && world.hasNext(); i++) {
      assertThat(RuleLanguage.read((Rule) world.next().event(), LONGEST))
          .isInstanceOf(Reading.Ok.class);
    }
  }

  @Test
  void noneIsASetToo() {
    assertThat(RuleSet.named("none").wordings(LONGEST)).isEmpty();
  }

  @Test
  void aSetThatLooksBackFartherThanAllowedIsRefused() {
    assertThatThrownBy(() -> RuleSet.DEFAULT.wordings(TimeUnit.DAYS.toMillis(7)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "builtin-rules=default: rule unusual-amount, window: 30d; allowed: a number with ms, s,"
                + " m, h or d behind it, from 1ms to 7d");
  }

  @Test
  void anUnknownSetIsNamed() {
    assertThatThrownBy(() -> RuleSet.named("best"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("allowed is one of none, default, better");
  }
}
