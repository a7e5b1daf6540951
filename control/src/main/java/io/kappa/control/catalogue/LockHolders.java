package io.kappa.control.catalogue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/** Who uses tables and views right now. */
public final class LockHolders {

  private LockHolders() {}

  /** Names the sessions, besides one's own, that hold a lock on anything in these schemas. */
  public static Optional<String> inSchemas(Connection connection, Set<String> schemas)
      throws SQLException {
    String sql =
        """
        SELECT string_agg(DISTINCT format('process %s (%s)', a.pid,
                 coalesce(nullif(a.application_name, '') || ', ', '') || a.usename), ', ')
          FROM pg_locks l
          JOIN pg_class c ON c.oid = l.relation
          JOIN pg_namespace n ON n.oid = c.relnamespace
          JOIN pg_stat_activity a ON a.pid = l.pid
         WHERE l.granted AND l.pid <> pg_backend_pid() AND n.nspname = ANY (?)
           AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        """;
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setArray(1, connection.createArrayOf("text", schemas.toArray()));
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return Optional.ofNullable(row.getString(1));
      }
    }
  }
}
