package io.kappa.control.replay;

import io.kappa.control.version.Pacing;

/** How a job's first version reads what the log holds when it is started. */
public enum History {
  /** As a replay does if it's much, else as it lives. */
  AUTO,
  /** As a replay does: up to the log's end with state in memory and rare commits, then it lives. */
  REPLAY,
  /** As it lives, from the first record on. */
  LIVE;

  /** Whether so many records are read in a leg of their own, whose end a driver has to see to. */
  boolean isReplayed(long records) {
    return switch (this) {
      case AUTO -> records > Pacing.DEFAULT.far();
      case REPLAY -> records > 0;
      case LIVE -> false;
    };
  }
}
