package io.kappa.jobs.frauddetection.rules;

/** How many payments there were, and their sum in minor units. */
public record Totals(long count, long cents) {

  public static final Totals NONE = new Totals(0, 0);

  public Totals plus(Totals other) {
    return new Totals(count + other.count, cents + other.cents);
  }
}
