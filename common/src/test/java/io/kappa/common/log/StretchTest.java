package io.kappa.common.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StretchTest {

  private static final Map<Integer, Long> START = Map.of(0, 100L, 1, 0L);

  @Test
  void aFenceMayBeTheStart() {
    assertThat(new Stretch(START, START).isFenced()).isTrue();
    assertThat(new Stretch(START, Map.of()).isFenced()).isFalse();
  }

  @Test
  void aFenceBeforeTheStartIsRefused() {
    assertThatThrownBy(() -> new Stretch(START, Map.of(0, 99L, 1, 7L)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The fence {0=99, 1=7} doesn't lie at or behind the start {0=100, 1=0}, partition by partition");
  }

  @Test
  void aFenceForSomePartitionsOnlyIsRefused() {
    assertThatThrownBy(() -> new Stretch(START, Map.of(0, 100L)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
