package io.kappa.common.log;

import static io.kappa.common.log.EventTimeRule.NOTHING_YET;
import static io.kappa.common.log.EventTimeRule.Verdict.FUTURE;
import static io.kappa.common.log.EventTimeRule.Verdict.LATE;
import static io.kappa.common.log.EventTimeRule.Verdict.ON_TIME;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class EventTimeRuleTest {

  private static final long TIMESTAMP = 1_000_000;
  private final EventTimeRule rule = new EventTimeRule(100, 50);

  @Test
  void theFirstEventOfAPartitionIsNeverLate() {
    assertThat(rule.judge(1, TIMESTAMP, NOTHING_YET)).isEqualTo(ON_TIME);
  }

  @Test
  void justAsFarBehindAsAllowedIsOnTime() {
    assertThat(rule.judge(900, TIMESTAMP, 1000)).isEqualTo(ON_TIME);
    assertThat(rule.judge(899, TIMESTAMP, 1000)).isEqualTo(LATE);
  }

  @Test
  void justAsFarAheadOfTheBrokerAsAllowedIsOnTime() {
    assertThat(rule.judge(TIMESTAMP + 50, TIMESTAMP, 1000)).isEqualTo(ON_TIME);
    assertThat(rule.judge(TIMESTAMP + 51, TIMESTAMP, 1000)).isEqualTo(FUTURE);
  }

  @Test
  void beforeAnythingCountedThereIsNoWatermark() {
    assertThat(rule.watermark(NOTHING_YET)).isEqualTo(Long.MIN_VALUE);
  }

  /** What frees state: whatever is on time lies behind no watermark that came before it. */
  @Property
  void anEventOnTimeIsAboveTheWatermarkBeforeIt(
      @ForAll @LongRange(min = 0, max = 5000) long at,
      @ForAll @LongRange(min = 0, max = 5000) long highWater) {
    if (rule.judge(at, TIMESTAMP, highWater) == ON_TIME) {
      assertThat(at).isGreaterThan(rule.watermark(highWater));
    } else {
      assertThat(at).isLessThanOrEqualTo(rule.watermark(highWater));
    }
  }
}
