package io.kappa.control.compare;

import java.util.List;

/**
 * One row that differs. All values are as PostgreSQL writes them, times in UTC, long ones cut.
 *
 * @param values of a changed row the columns that differ, of any other row all
 */
public record Sample(Difference difference, List<KeyValue> key, List<Sides> values) {

  /** A column of the key. */
  public record KeyValue(String column, String value) {}

  /**
   * A column outside the key.
   *
   * @param baseline {@code null} where it is NULL, or the row is in the candidate alone
   * @param candidate {@code null} where it is NULL, or the row is in the baseline alone
   */
  public record Sides(String column, String baseline, String candidate) {}

  public Sample {
    key = List.copyOf(key);
    values = List.copyOf(values);
  }
}
