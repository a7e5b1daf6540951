package io.kappa.jobs.recommendations;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** How similarities are told apart, and what they weigh. */
class CosineTest {

  @RepeatedTest(50)
  void theOrderIsThatOfTheSquaresOfTheCosines(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    int users = 1 + random.nextInt(10_000);
    int together = 1 + random.nextInt(users);
    int otherUsers = 1 + random.nextInt(10_000);
    int otherTogether = 1 + random.nextInt(otherUsers);

    assertThat(Cosine.order(together, users, otherTogether, otherUsers))
        .isEqualTo(
            BigDecimal.valueOf(otherTogether)
                .pow(2)
                .multiply(BigDecimal.valueOf(users))
                .compareTo(
                    BigDecimal.valueOf(together).pow(2).multiply(BigDecimal.valueOf(otherUsers))));
  }

  @Test
  void differentPairsCanBeEquallySimilar() {
    assertThat(Cosine.order(2, 4, 3, 9)).isZero();
  }

  @Test
  void aWeightKeepsTheLeadingBits() {
    double cosine = 0.612345; // 612,345 is 10010101011111111001 in binary

    assertThat(List.of(1, 2, 3, 4, 20).stream().map(bits -> Cosine.weight(cosine, bits)))
        .containsExactly(524_288, 524_288, 524_288, 589_824, 612_345);
  }

  @Test
  void theWholeOfASimilarityIsAMillion() {
    assertThat(Cosine.weight(Cosine.score(7, 7, 7), 20)).isEqualTo(1_000_000);
  }
}
