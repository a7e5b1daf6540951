package io.kappa.control.catalogue;

import io.kappa.common.table.Identifier;
import io.kappa.control.version.VersionName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Who did what to a job, when. */
public final class AuditTrail {

  /**
   * One thing that somebody did.
   *
   * @param detail as text, by name
   */
  public record Entry(
      Instant at, String actor, OptionalInt version, String event, Map<String, String> detail) {}

  private final Store owner;

  public AuditTrail(Store owner) {
    this.owner = owner;
  }

  /** Adds an entry, with whatever else the transaction does. */
  public static void write(
      Connection connection,
      String actor,
      VersionName version,
      String event,
      Map<String, String> detail)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO kappa.audit (actor, job, version, event, detail)"
                + " VALUES (?, ?, ?, ?, ?::jsonb)")) {
      insert.setString(1, actor);
      insert.setString(2, version.job().value());
      insert.setInt(3, version.number());
      insert.setString(4, event);
      insert.setString(5, Json.text(detail));
      insert.executeUpdate();
    }
  }

  /** All entries of a job, oldest first. */
  public List<Entry> of(Identifier job) {
    return owner.inTransaction(
        connection -> {
          List<Entry> entries = new ArrayList<>();
          try (PreparedStatement query =
              connection.prepareStatement(
                  "SELECT at, actor, version, event, detail FROM kappa.audit"
                      + " WHERE job = ? ORDER BY id")) {
            query.setString(1, job.value());
            try (ResultSet row = query.executeQuery()) {
              while (row.next()) {
                int version = row.getInt("version");
                OptionalInt named = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(version);
                entries.add(
                    new Entry(
                        row.getTimestamp("at").toInstant(),
                        row.getString("actor"),
                        named,
                        row.getString("event"),
                        Json.texts(row.getString("detail"))));
              }
            }
          }
          return List.copyOf(entries);
        });
  }
}
