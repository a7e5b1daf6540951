package io.kappa.common.log;

import io.kappa.common.sink.ReplayRate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * When one reader may read, and how fast: its share of the version's rate, as long as there is room
 * for what becomes of it. It blocks nobody.
 */
final class Pace {

  private final ReplayRate rate;
  private final int readers;
  private final Room room;
  private final RateLimit limit = new RateLimit(System::nanoTime);
  private CompletableFuture<Void> waiting = new CompletableFuture<>();
  private boolean begun;
  private ScheduledExecutorService timer;

  /**
   * @param obeyed whether there is a limit at all
   * @param readers how many there are of the topic
   */
  Pace(ReplayRate rate, boolean obeyed, int readers, Room room) {
    this.room = room;
    this.rate = rate;
    this.readers = readers;
    if (obeyed) {
      limit.set(rate.share(rate.first(), readers));
    }
  }

  void begin() {
    begun = true;
    waiting.complete(null);
  }

  boolean allows() {
    return begun && room.isLeft() && limit.allows();
  }

  void took() {
    limit.took();
  }

  /** Done as soon as there may be something to read again. */
  @SuppressWarnings("FutureReturnValueIgnored") // What is scheduled can't fail.
  CompletableFuture<Void> whenAllowed() {
    if (begun && waiting.isDone()) {
      CompletableFuture<Void> next = new CompletableFuture<>();
      waiting = next;
      if (room.isLeft()) {
        timer().schedule(() -> next.complete(null), limit.nanosToWait(), TimeUnit.NANOSECONDS);
      }
    }
    return waiting;
  }

  private ScheduledExecutorService timer() {
    if (timer == null) {
      timer =
          Executors.newSingleThreadScheduledExecutor(
              work -> {
                Thread thread = new Thread(work, "kappa-pace");
                thread.setDaemon(true);
                return thread;
              });
    }
    return timer;
  }

  void change(RateChange change) {
    limit.set(rate.share(change.rate(), readers));
    if (begun) {
      waiting.complete(null);
    }
  }

  void close() {
    if (timer != null) {
      timer.shutdownNow();
    }
  }
}
