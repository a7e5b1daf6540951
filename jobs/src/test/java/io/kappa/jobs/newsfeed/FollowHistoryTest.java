package io.kappa.jobs.newsfeed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FollowHistoryTest {

  private static final FollowHistory HISTORY =
      FollowHistory.NONE.with(30, false).with(10, true).with(20, false).with(25, true);

  @Test
  void whoFollowsFollowsUntilTheySayOtherwise() {
    assertThat(HISTORY.followsAt(9)).isFalse();
    assertThat(HISTORY.followsAt(10)).isTrue();
    assertThat(HISTORY.followsAt(19)).isTrue();
    assertThat(HISTORY.followsAt(20)).isFalse();
    assertThat(HISTORY.followsAt(29)).isTrue();
    assertThat(HISTORY.followsAt(1_000)).isFalse();
  }

  @Test
  void ofTwoEventsAtOneMomentCeasingCountsInEitherOrder() {
    assertThat(FollowHistory.NONE.with(10, true).with(10, false).followsAt(10)).isFalse();
    assertThat(FollowHistory.NONE.with(10, false).with(10, true).followsAt(10)).isFalse();
  }

  @Test
  void aCopyChangesNothing() {
    assertThat(HISTORY.with(20, false)).isSameAs(HISTORY);
  }

  @Test
  void afterTheWatermarkOnlyTheStateThenIsLeft() {
    FollowHistory rest = HISTORY.after(27);

    assertThat(rest.ats()).containsExactly(25, 30);
    assertThat(rest.followsAt(28)).isTrue();
    assertThat(rest.followsAt(30)).isFalse();
  }

  @Test
  void whoDoesntFollowAtTheWatermarkLeavesNothing() {
    assertThat(HISTORY.after(30).size()).isZero();
    assertThat(HISTORY.after(22).ats()).containsExactly(25, 30);
  }
}
