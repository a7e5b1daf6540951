package io.kappa.common.table;

/** A column's type in PostgreSQL, and the Java type that a row hands over for it. */
public enum SqlType {
  /** {@link String} */
  TEXT("text"),
  /** {@link Long} */
  BIGINT("bigint"),
  /** {@link Integer} */
  INTEGER("integer"),
  /** {@link Boolean} */
  BOOLEAN("boolean"),
  /** {@link Double}; never for sums, which would depend on order */
  DOUBLE("double precision"),
  /** {@link Long}: milliseconds since the epoch, UTC */
  TIMESTAMPTZ("timestamptz"),
  /** {@link Long}: days since the epoch, UTC */
  DATE("date"),
  /** {@code byte[]} */
  BYTEA("bytea"),
  /** {@link String} of JSON */
  JSONB("jsonb");

  private final String sql;

  SqlType(String sql) {
    this.sql = sql;
  }

  /** The type as PostgreSQL spells it. */
  public String sql() {
    return sql;
  }
}
