package io.kappa.local.data;

import java.util.concurrent.locks.LockSupport;

/** A clock for pacing: it only says how much time has passed. */
interface Pace {

  /** Nanoseconds since some moment. */
  long nanos();

  /** Waits about so long; returns early rather than never. */
  void rest(long nanos);

  /** The machine's. */
  Pace MACHINE =
      new Pace() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public void rest(long nanos) {
          LockSupport.parkNanos(nanos);
        }
      };
}
