package io.kappa.control.catalogue;

import io.kappa.common.table.Identifier;
import io.kappa.control.version.VersionName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** Values that may be missing, in and out of rows of the catalogue. */
public final class Rows {

  private Rows() {}

  /** The version that the columns {@code job} and {@code version} name. */
  public static VersionName name(ResultSet row) throws SQLException {
    return new VersionName(new Identifier(row.getString("job")), row.getInt("version"));
  }

  /** A moment, or nothing where the column is null. */
  public static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
  }

  /** A number, or nothing where the column is null. */
  public static OptionalInt number(ResultSet row, String column) throws SQLException {
    int number = row.getInt(column);
    return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(number);
  }

  /** Sets a parameter to a number, or to null. */
  public static void set(PreparedStatement statement, int index, OptionalInt value)
      throws SQLException {
    if (value.isPresent()) {
      statement.setInt(index, value.getAsInt());
    } else {
      statement.setNull(index, Types.INTEGER);
    }
  }
}
