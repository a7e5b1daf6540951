package io.kappa.control.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Lets work that runs until somebody presses Ctrl-C end by itself first. */
final class CtrlC implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 30;

  private final CountDownLatch pressed = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicBoolean jvmEnds = new AtomicBoolean();
  private final Thread hook = new Thread(this::press, "ctrl-c");

  CtrlC() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  boolean isPressed() {
    return pressed.getCount() == 0;
  }

  /** Ends the work as if it had been pressed. */
  void end() {
    pressed.countDown();
  }

  /** Waits, but not longer than until it's pressed. */
  void rest(long millis) {
    try {
      if (pressed.await(millis, TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whatever was to end has ended. */
  @Override
  public void close() {
    ended.countDown();
    if (!jvmEnds.get()) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }

  private void press() {
    jvmEnds.set(true);
    pressed.countDown();
    try {
      if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
