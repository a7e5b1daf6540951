package io.kappa.common.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TenuredHeapTest {

  private static final double SHARE = 0.7;

  private final Filled pool = new Filled();
  private long now;

  private final TenuredHeap heap = new TenuredHeap(pool, () -> now);

  @Test
  void whereThereIsRoomNothingIsCollected() {
    pool.living = 60;
    pool.garbage = 31;

    assertThat(heap.isFull(SHARE)).isFalse();
    assertThat(pool.collections).isZero();
  }

  @Test
  void garbageDoesNotMakeItFull() {
    pool.living = 60;
    pool.garbage = 33;

    assertThat(heap.isFull(SHARE)).isFalse();
    assertThat(pool.collections).isEqualTo(1);
    assertThat(pool.used()).isEqualTo(60);
  }

  @Test
  void whatLivesDoes() {
    pool.living = 71;
    pool.garbage = 22;

    assertThat(heap.isFull(SHARE)).isTrue();
  }

  @Test
  void whatTheCollectorFoundAliveIsEnough() {
    pool.living = 71;
    pool.collect();

    assertThat(heap.isFull(SHARE)).isTrue();
  }

  @Test
  void whatWasAliveThenButIsNotNowDoesNotMakeItFull() {
    pool.living = 80;
    pool.collect();
    pool.living = 10;
    pool.garbage = 70;

    assertThat(heap.isFull(SHARE)).isFalse();
    assertThat(pool.used()).isEqualTo(10);
  }

  @Test
  void whereACollectionIsNotToBeHadAllCountsAsLiving() {
    pool.collects = false;
    pool.living = 10;
    pool.garbage = 85;

    assertThat(heap.isFull(SHARE)).isTrue();
  }

  @Test
  void whoeverAsksAtOnceGetsTheSameAnswer() {
    pool.living = 10;
    assertThat(heap.isFull(SHARE)).isFalse();

    pool.living = 95;
    now += 100_000_000;
    assertThat(heap.isFull(SHARE)).isFalse();
    now += 200_000_000;
    assertThat(heap.isFull(SHARE)).isTrue();
    assertThat(heap.isFull(SHARE)).isTrue();
    assertThat(pool.collections).isEqualTo(1);
  }

  @Test
  void theOneOfThisJvmIsFoundWhateverItsCollector() {
    assertThat(TenuredHeap.OF_JVM.isFull(1)).isFalse();
  }

  private static final class Filled implements TenuredHeap.Pool {

    private long living;
    private long garbage;
    private boolean collects = true;
    private int collections;
    private long afterCollection;

    @Override
    public long used() {
      return living + garbage;
    }

    @Override
    public long usedAfterCollection() {
      return afterCollection;
    }

    @Override
    public long most() {
      return 100;
    }

    @Override
    public void collect() {
      collections++;
      garbage = collects ? 0 : garbage;
      afterCollection = used();
    }
  }
}
