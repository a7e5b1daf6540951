package io.kappa.jobs.featurelog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LabelsTest {

  private static final Labels LABELS = Labels.NONE.with(30, false).with(10, false).with(20, true);

  @Test
  void whatWasSaidLastByThenCounts() {
    assertThat(LABELS.knownBy(9)).isFalse();
    assertThat(LABELS.knownBy(10)).isTrue();
    assertThat(LABELS.fraudBy(19)).isFalse();
    assertThat(LABELS.fraudBy(20)).isTrue();
    assertThat(LABELS.fraudBy(30)).isFalse();
    assertThat(LABELS.lastAt()).isEqualTo(30);
    assertThat(LABELS.lastFraud()).isFalse();
  }

  @Test
  void ofTwoAtOneMomentFraudCountsInEitherOrder() {
    assertThat(Labels.NONE.with(10, true).with(10, false).lastFraud()).isTrue();
    assertThat(Labels.NONE.with(10, false).with(10, true).lastFraud()).isTrue();
  }

  @Test
  void labelsBeforeTheTransactionAndBeyondTheHorizonDontCount() {
    assertThat(LABELS.counting(15, new Terms(10, 0)).ats()).containsExactly(20);
    assertThat(LABELS.counting(10, new Terms(20, 0)).ats()).containsExactly(10, 20, 30);
    assertThat(LABELS.counting(31, new Terms(20, 0)).isEmpty()).isTrue();
  }
}
