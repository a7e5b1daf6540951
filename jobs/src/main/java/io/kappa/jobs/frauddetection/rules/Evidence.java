package io.kappa.jobs.frauddetection.rules;

import java.util.function.Predicate;

/**
 * What is known about one account, or about one terminal. Spans of event time leave out their
 * beginning and have their end in them.
 */
public interface Evidence {

  /** All payments with {@code after < at <= upTo}. */
  Totals totals(long after, long upTo);

  /**
   * Shows the terminals of the payments with {@code after < at <= upTo}, the newest first (of the
   * same moment the one with the greatest transaction id).
   *
   * @param enough says whether it has seen enough
   */
  void terminalsNewestFirst(long after, long upTo, Predicate<String> enough);

  /**
   * Whether so many transactions at this terminal are confirmed as fraud: their newest label of
   * {@code at <= upTo} says so, and has {@code at > after}.
   */
  boolean hasConfirmed(int frauds, long after, long upTo);
}
