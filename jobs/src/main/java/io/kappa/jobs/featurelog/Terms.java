package io.kappa.jobs.featurelog;

import java.io.Serializable;

/**
 * For how long what is needed; all in milliseconds.
 *
 * @param labelHorizon a label later than this after its transaction doesn't count
 * @param delay terminals are judged by transactions that are older than this
 */
record Terms(long labelHorizon, long delay) implements Serializable {

  private static final long serialVersionUID = 1L;

  /** The windows of the features, shortest first. */
  static final long[] WINDOWS = {Days.MS, 7 * Days.MS, 30 * Days.MS};

  static final long LONGEST = WINDOWS[WINDOWS.length - 1];

  /** Whether a label counts for a transaction. */
  boolean counts(long transactionAt, long labelAt) {
    return labelAt >= transactionAt && labelAt - transactionAt <= labelHorizon;
  }

  /**
   * How long after it an account still has to know a transaction: as long as it may be in a window
   * of another one that is yet to be judged, and in which something may still change.
   */
  long accountKeeps() {
    return LONGEST + labelHorizon;
  }

  /** The same for a terminal. */
  long terminalKeeps() {
    return LONGEST + delay + labelHorizon;
  }
}
