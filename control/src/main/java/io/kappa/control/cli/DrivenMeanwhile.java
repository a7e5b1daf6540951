package io.kappa.control.cli;

import io.kappa.control.replay.Driver;
import io.kappa.control.replay.Tools;
import io.kappa.control.version.Pacing;
import io.kappa.control.version.VersionName;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drives a version while something else is waited for; there need be no other driver. */
final class DrivenMeanwhile implements AutoCloseable, Driver.Passenger {

  private static final Logger LOG = LoggerFactory.getLogger(DrivenMeanwhile.class);
  private static final long END_MILLIS = 2_000;

  private final Optional<Thread> thread;
  private volatile boolean closed;

  /**
   * @param driven if there is one that needs it
   */
  DrivenMeanwhile(Tools tools, Optional<VersionName> driven) {
    this.thread = driven.map(name -> begin(tools, name));
  }

  private Thread begin(Tools tools, VersionName name) {
    Driver driver = new Driver(tools, Pacing.DEFAULT, line -> LOG.info("{}", line));
    Thread begun = new Thread(() -> driver.drive(name, this), "driving " + name);
    begun.setDaemon(true);
    begun.start();
    return begun;
  }

  @Override
  public boolean isThere(Driver.Look look) {
    return Driver.idle().test(look);
  }

  @Override
  public boolean hasEnough() {
    return closed;
  }

  @Override
  public void trouble(Optional<String> what) {
    // The driver writes it into the log.
  }

  @Override
  public void rest(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      closed = true;
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      if (thread.isPresent()) {
        thread.get().join(END_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
