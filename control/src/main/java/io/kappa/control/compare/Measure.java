package io.kappa.control.compare;

/**
 * How far the two sides of a column are apart, over the changed rows in which it differs. Rows
 * without such a size (one side is NULL or not finite; for a relative size, the baseline is 0)
 * aren't in it.
 *
 * @param rows how many rows have a size
 * @param largest the largest size; infinite where it is beyond a double
 * @param typical the median
 */
public record Measure(Kind kind, long rows, double largest, double typical) {

  /** What is measured. */
  public enum Kind {
    /** The difference of two numbers, without its sign. */
    ABSOLUTE,
    /** The same as a share of the baseline's number: 0.01 is 1 %. */
    RELATIVE,
    /** The time between two times or dates. */
    SECONDS
  }
}
