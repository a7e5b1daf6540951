package io.kappa.control.mistakes;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Records that keep coming. */
final class Traffic implements AutoCloseable {

  private final AtomicBoolean over = new AtomicBoolean();
  private final CompletableFuture<Void> writing;

  Traffic(Scene scene) {
    this.writing =
        CompletableFuture.runAsync(
            () -> {
              try {
                while (!over.get()) {
                  scene.log().write(5);
                  TimeUnit.MILLISECONDS.sleep(20);
                }
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
  }

  @Override
  public void close() throws Exception {
    over.set(true);
    writing.get(1, TimeUnit.MINUTES);
  }
}
