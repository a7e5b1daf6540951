package io.kappa.benchmarks;

import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** What repetitions came to: the middle one, the least and the greatest. */
public record Spread(double median, double min, double max) {

  /** Of some figures; all 0 if there is none. */
  public static Spread of(DoubleStream figures) {
    double[] sorted = figures.sorted().toArray();
    if (sorted.length == 0) {
      return new Spread(0, 0, 0);
    }
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1]);
  }

  /** Of those figures that are there. */
  static Spread ofPresent(Stream<OptionalDouble> figures) {
    return of(figures.flatMapToDouble(OptionalDouble::stream));
  }

  /** Such as {@code 103,400 (98,200..110,000)}; a dash if there was nothing. */
  public String text(String form) {
    if (max == 0) {
      return "–";
    }
    String middle = String.format(Locale.ROOT, form, median);
    return Arrays.stream(new double[] {min, max}).allMatch(one -> one == median)
        ? middle
        : String.format(Locale.ROOT, "%s (" + form + ".." + form + ")", middle, min, max);
  }
}
