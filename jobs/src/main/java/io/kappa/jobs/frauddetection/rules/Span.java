package io.kappa.jobs.frauddetection.rules;

/**
 * A stretch of event time, in milliseconds since the epoch.
 *
 * @param from its first moment
 * @param until the first moment that is no longer in it
 */
public record Span(long from, long until) {

  public static final Span NONE = new Span(0, 0);

  public boolean isEmpty() {
    return from >= until;
  }
}
