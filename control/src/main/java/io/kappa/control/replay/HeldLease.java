package io.kappa.control.replay;

import io.kappa.control.Refusal;
import io.kappa.control.catalogue.Lease;
import io.kappa.control.catalogue.Leases;
import io.kappa.control.version.VersionName;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lease that is renewed as long as somebody holds it, also while a step takes long. */
final class HeldLease implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HeldLease.class);
  private static final long RENEWALS_A_TERM = 3;

  private final Leases leases;
  private final Lease lease;
  private final ScheduledExecutorService renewal;

  @SuppressWarnings("FutureReturnValueIgnored") // It ends with the executor, and logs its failures.
  private HeldLease(Leases leases, Lease lease) {
    this.leases = leases;
    this.lease = lease;
    this.renewal =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "lease " + lease.version());
              thread.setDaemon(true);
              return thread;
            });
    long every = Leases.TERM.toMillis() / RENEWALS_A_TERM;
    renewal.scheduleWithFixedDelay(this::renew, every, every, TimeUnit.MILLISECONDS);
  }

  /** Takes the lease on a version, if nobody else has it. */
  static Optional<HeldLease> take(Leases leases, VersionName version, String holder) {
    return leases.take(version, holder).map(lease -> new HeldLease(leases, lease));
  }

  Lease lease() {
    return lease;
  }

  private void renew() {
    try {
      leases.renew(lease);
    } catch (RuntimeException away) {
      // Each step asks whether the lease still holds; if it has run out, the step isn't taken.
      LOG.warn("The lease on {} couldn't be renewed: {}", lease.version(), away.getMessage());
    }
  }

  @Override
  public void close() {
    renewal.shutdownNow();
    try {
      leases.release(lease);
    } catch (Refusal away) {
      LOG.warn("The lease on {} will run out by itself: {}", lease.version(), away.getMessage());
    }
  }
}
