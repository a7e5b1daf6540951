package io.kappa.common.event.serde;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

class Utf8Test {

  /** Bytes that differ from a backslash by a bit or by one, and those that carry over. */
  private static final byte[] NEAR = {0x5b, 0x5d, 0x5c ^ 0x01, (byte) 0xdc, 0x1c, 0, -1, 'a'};

  @RepeatedTest(200)
  void aBackslashIsFoundWhereverItStands(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    byte[] bytes = new byte[random.nextInt(40)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = NEAR[random.nextInt(NEAR.length)];
    }
    assertThat(Utf8.hasBackslash(bytes)).isFalse();

    if (bytes.length > 0) {
      bytes[random.nextInt(bytes.length)] = '\\';
      assertThat(Utf8.hasBackslash(bytes)).isTrue();
    }
  }
}
