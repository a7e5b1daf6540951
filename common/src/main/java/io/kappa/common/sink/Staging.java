package io.kappa.common.sink;

import io.kappa.common.table.Identifier;
import io.kappa.common.table.TableShape;
import java.io.IOException;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The way of rows that are too many to wait in memory: into a logged table beside their target,
 * from where the commit takes them. Never an unlogged one, which PostgreSQL empties after a crash.
 */
public final class Staging implements Serializable {

  private final StoreAddress store;
  private final Identifier schema;
  private final String purpose;
  private transient Connection connection;
  private transient Set<String> made;

  public Staging(StoreAddress store, String schema, String purpose) {
    this.store = store;
    this.schema = new Identifier(schema);
    this.purpose = purpose;
  }

  /** Puts a chunk's rows into the staging table of their table. They are durable afterwards. */
  void put(Chunk chunk, TableShape table) throws IOException {
    StagingSql sql = new StagingSql(schema, table);
    try {
      if (connection == null) {
        connection = store.connect(purpose);
        made = new HashSet<>();
      }
      if (made.add(table.name())) {
        make(sql);
      }
      Copy.in(connection, sql.copyToStaging(), List.of(chunk));
    } catch (SQLException e) {
      throw new IOException("Rows of %s can't be staged".formatted(table.name()), e);
    }
  }

  /** Two subtasks may make the table at once; the lock lets the second one see it. */
  private void make(StagingSql sql) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "SELECT pg_advisory_xact_lock(hashtext('%s'))"
              .formatted(schema.value() + "." + sql.stagingName()));
      statement.execute(sql.createStaging());
      connection.commit();
    } finally {
      connection.setAutoCommit(true);
    }
  }

  void close() throws SQLException {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }
}
