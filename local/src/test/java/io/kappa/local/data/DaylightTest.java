package io.kappa.local.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DaylightTest {

  private final Daylight daylight = new Daylight();

  @Test
  void timeIsBentWithinItsDayAndNeverBackwards() {
    long before = Long.MIN_VALUE;
    for (long even = -2 * Worlds.DAY; even < 2 * Worlds.DAY; even += 777) {
      long bent = daylight.bent(even);
      assertThat(bent).isGreaterThanOrEqualTo(before);
      assertThat(Math.floorDiv(bent, Worlds.DAY)).isEqualTo(Math.floorDiv(even, Worlds.DAY));
      assertThat(daylight.even(bent)).isCloseTo(even, within(2L));
      before = bent;
    }
    assertThat(daylight.bent(Worlds.START)).isEqualTo(Worlds.START);
  }

  @Test
  void twoThirdsOfADayLieWithinTwentyThousandSecondsOfNoon() {
    long noon = Worlds.DAY / 2;
    long within = daylight.even(noon + 20_000_000) - daylight.even(noon - 20_000_000);

    assertThat(within / (double) Worlds.DAY).isBetween(0.62, 0.69);
  }
}
