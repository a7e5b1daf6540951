package io.kappa.common.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class FullHeapTest {

  private boolean storeIsAway;
  private int written;

  private final FullHeap heap = new FullHeap(this::take);

  @Test
  void whatNobodySaidIsNotWritten() throws Exception {
    assertThat(heap.write()).isFalse();
    assertThat(written).isZero();
  }

  @Test
  void itIsWrittenOnce() throws Exception {
    heap.heard();
    heap.heard();

    assertThat(heap.write()).isTrue();
    assertThat(heap.write()).isTrue();
    assertThat(written).isEqualTo(1);
  }

  @Test
  void whereTheStoreIsAwayItIsWrittenLater() throws Exception {
    heap.heard();
    storeIsAway = true;
    assertThatThrownBy(heap::write).isInstanceOf(IOException.class);

    storeIsAway = false;
    assertThat(heap.write()).isTrue();
    assertThat(written).isEqualTo(1);
  }

  private void take() throws IOException {
    if (storeIsAway) {
      throw new IOException("away");
    }
    written++;
  }
}
