package io.kappa.common.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateLimitTest {

  private static final long SECOND = 1_000_000_000;

  private long now = Long.MAX_VALUE - SECOND / 2;
  private final RateLimit limit = new RateLimit(() -> now);

  @Test
  void withoutALimitEverythingIsAllowed() {
    assertThat(takenIn(SECOND)).isEqualTo(1_000_000);
  }

  @Test
  void soManyAreAllowedASecondAndNoMore() {
    limit.set(1_000);

    assertThat(takenIn(10 * SECOND)).isBetween(9_990L, 10_001L);
  }

  @Test
  void lessThanOneASecondIsALimitToo() {
    limit.set(0.5);

    assertThat(takenIn(10 * SECOND)).isEqualTo(5);
  }

  @Test
  void whatWasNotTakenIsMadeUpForATenthOfASecondOnly() {
    limit.set(1_000);
    now += 3_600 * SECOND;

    assertThat(takenAtOnce()).isEqualTo(101);
  }

  @Test
  void aHigherLimitIsObeyedAtOnce() {
    limit.set(0.001);
    limit.took();
    assertThat(limit.allows()).isFalse();

    limit.set(1_000);

    assertThat(limit.allows()).isTrue();
    assertThat(takenIn(SECOND)).isBetween(990L, 1_001L);
  }

  @Test
  void aLimitIsTakenAway() {
    limit.set(0.001);
    limit.took();

    limit.set(0);

    assertThat(limit.allows()).isTrue();
  }

  @Test
  void aLimitThatIsSaidAgainGivesNothing() {
    limit.set(1);
    limit.took();

    limit.set(1);

    assertThat(limit.allows()).isFalse();
  }

  private long takenAtOnce() {
    long taken = 0;
    while (limit.allows() && taken < 1_000_000) {
      limit.took();
      taken++;
    }
    return taken;
  }

  private long takenIn(long nanos) {
    long end = now + nanos;
    long taken = takenAtOnce();
    while (!limit.allows() && now + limit.nanosToWait() - end < 0) {
      now += limit.nanosToWait();
      taken += takenAtOnce();
    }
    return taken;
  }
}
