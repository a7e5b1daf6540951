package io.kappa.jobs.frauddetection.rules;

import java.io.Serializable;

/**
 * What a rule says from a moment on: until its next wording, and not beyond its own end.
 *
 * @param text kind and parameters as they were written; decides between two of the same moment
 * @param from the first moment it holds, in milliseconds since the epoch
 * @param to the first moment it no longer holds; {@link Long#MAX_VALUE} for none
 */
public record Wording(String ruleId, String text, Condition condition, long from, long to)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /** The same, as if it had always been said. */
  Wording fromEverOn() {
    return new Wording(ruleId, text, condition, Long.MIN_VALUE, to);
  }

  /** Of two wordings of one rule from the same moment on one counts, whichever is read first. */
  boolean winsOver(Wording other) {
    int order = text.compareTo(other.text);
    return order > 0 || (order == 0 && to > other.to);
  }
}
