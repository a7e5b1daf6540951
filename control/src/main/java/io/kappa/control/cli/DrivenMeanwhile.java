package io.kappa.control.cli;

import io.kappa.control.replay.Driver;
import io.kappa.control.replay.Tools;
import io.kappa.control.replay.Unattended;
import io.kappa.control.version.Pacing;
import io.kappa.control.version.VersionName;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drives a version while something else is waited for; there need be no other driver. */
final class DrivenMeanwhile implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DrivenMeanwhile.class);
  private static final long END_MILLIS = 2_000;

  private final Optional<Thread> thread;
  private volatile boolean closed;

  /**
   * @param driven if there is one that needs it
   */
  DrivenMeanwhile(Tools tools, Optional<VersionName> driven) {
    this.thread = driven.map(name -> new Thread(() -> drive(tools, name), "driving " + name));
    thread.ifPresent(
        begun -> {
          begun.setDaemon(true);
          begun.start();
        });
  }

  private void drive(Tools tools, VersionName name) {
    try {
      new Driver(tools, Pacing.DEFAULT, line -> LOG.info("{}", line))
          .drive(name, new Unattended(() -> closed));
    } catch (RuntimeException e) {
      // Who waits sees that it doesn't go on.
      LOG.error("Driving {} failed", name, e);
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
