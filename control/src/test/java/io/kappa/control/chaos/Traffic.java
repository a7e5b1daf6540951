package io.kappa.control.chaos;

import io.kappa.control.exact.TrialLog;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Events that arrive all the while, as far as the broker takes them. They are few, since each
 * snapshot that a reader takes is held against an oracle that begins at the log's beginning.
 */
final class Traffic implements AutoCloseable {

  private static final int RECORDS = 3;
  private static final long EVERY_MS = 250;

  private final TrialLog log;
  private final Thread thread = new Thread(this::write, "traffic");
  private volatile boolean writing = true;

  Traffic(TrialLog log) {
    this.log = log;
    thread.start();
  }

  private void write() {
    while (writing) {
      log.tryToWrite(RECORDS);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(EVERY_MS));
    }
  }

  @Override
  public void close() throws InterruptedException {
    writing = false;
    thread.join();
  }
}
