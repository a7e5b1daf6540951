package io.kappa.common.table;

import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * The name of a job, table or column: {@code [a-z][a-z0-9_-]{0,40}}. Whatever becomes part of an
 * SQL statement passes through here first.
 */
public record Identifier(String value) implements Serializable {

  private static final Pattern ALLOWED = Pattern.compile("[a-z][a-z0-9_-]{0,40}");

  /**
   * @throws IllegalArgumentException if the name isn't of the allowed form
   */
  public Identifier {
    if (value == null || !ALLOWED.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "'%s' is no name: allowed are a small letter, then up to 40 small letters, digits, '-' or '_'"
              .formatted(value));
    }
  }

  /** The name as a quoted SQL identifier. */
  public String quoted() {
    return '"' + value + '"';
  }

  /** The name as a PostgreSQL schema is called after it: {@code -} becomes {@code _}. */
  public Identifier schema() {
    return new Identifier(value.replace('-', '_'));
  }

  @Override
  public String toString() {
    return value;
  }
}
