package io.kappa.jobs.frauddetection;

import io.kappa.jobs.frauddetection.rules.Scope;
import java.io.Serializable;

/**
 * How far the job looks, in milliseconds of event time.
 *
 * @param window the longest window that a rule may have
 * @param label a label this much later than its transaction still counts
 */
record Horizons(long window, long label) implements Serializable {

  private static final long serialVersionUID = 1L;

  /** How long a payment is needed after its day; accounts also tell labels where they belong. */
  long payment(Scope scope) {
    return switch (scope) {
      case ACCOUNT -> Math.max(window, label);
      case TERMINAL -> window;
    };
  }
}
