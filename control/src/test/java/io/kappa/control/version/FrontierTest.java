package io.kappa.control.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FrontierTest {

  private static final Frontier END = Frontier.of(Map.of("a", Map.of(0, 10L, 1, 20L)));

  @Test
  void recordsAreCountedInEachPartitionByItself() {
    Frontier here = Frontier.of(Map.of("a", Map.of(0, 4L, 1, 25L)));

    assertThat(here.recordsTo(END)).isEqualTo(6);
  }

  @Test
  void aPartitionThatIsUnknownHereCountsFromItsBeginning() {
    Frontier here = Frontier.of(Map.of("a", Map.of(0, 10L)));

    assertThat(here.recordsTo(END)).isEqualTo(20);
  }

  @Test
  void aFrontierReachesAnotherOnlyWhenItDoesInEachPartition() {
    assertThat(Frontier.of(Map.of("a", Map.of(0, 10L, 1, 20L))).reaches(END)).isTrue();
    assertThat(Frontier.of(Map.of("a", Map.of(0, 9L, 1, 99L))).reaches(END)).isFalse();
    assertThat(Frontier.of(Map.of("b", Map.of(0, 99L))).reaches(END)).isFalse();
  }

  @Test
  void anOffsetBelowZeroIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Frontier.of(Map.of("a", Map.of(3, -1L))))
        .withMessage("a-3: offset is -1, allowed is 0 or more");
  }
}
