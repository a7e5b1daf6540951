package io.kappa.control.compare;

import java.util.List;

/**
 * Where the rows of a table that differ lie, along one column of the key.
 *
 * @param column the column
 * @param unit what they are counted by: {@code day} or {@code hour} of a time, {@code value}
 * @param first the least of the column's values among them
 * @param last the greatest
 * @param different how many different units they lie in
 * @param most the units with the most such rows, most first
 */
public record Whereabouts(
    String column, String unit, String first, String last, long different, List<Share> most) {

  /**
   * Some of the rows that differ.
   *
   * @param value the day or hour (its beginning, UTC), or the value
   */
  public record Share(String value, long rows) {}

  public Whereabouts {
    most = List.copyOf(most);
  }
}
