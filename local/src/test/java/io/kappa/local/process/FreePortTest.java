package io.kappa.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FreePortTest {

  /** Whoever is given one listens on it only seconds later. */
  @Test
  void noPortIsGivenTwice() {
    assertThat(IntStream.range(0, 2_000).map(i -> FreePort.pick("127.0.0.1")).boxed())
        .doesNotHaveDuplicates();
  }
}
