package io.kappa.common.sink;

import io.kappa.common.sink.Chunk.Kind;
import io.kappa.common.table.Identifier;
import io.kappa.common.table.TableShape;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Brings the rows of a batch into their tables, within the transaction of somebody else. */
final class BatchRows {

  private static final String ROW_TWICE = "21000";

  private final String schema;
  private final Map<String, StagingSql> tables = new LinkedHashMap<>();
  private final Set<String> withStaging = new TreeSet<>();

  BatchRows(String schema, List<TableShape> tables) {
    this.schema = schema;
    for (TableShape table : tables) {
      this.tables.put(table.name(), new StagingSql(new Identifier(schema), table));
    }
  }

  /** Prepares a fresh connection. */
  void open(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (Map.Entry<String, StagingSql> table : tables.entrySet()) {
        statement.execute(table.getValue().createIncoming());
        if (exists(connection, table.getValue())) {
          withStaging.add(table.getKey());
        }
      }
    }
    connection.commit();
  }

  void apply(Connection connection, Batch batch) throws SQLException, IOException {
    for (Map.Entry<String, StagingSql> table : tables.entrySet()) {
      List<Chunk> chunks =
          batch.chunks().stream()
              .filter(c -> c.kind() != Kind.PROGRESS && c.table().equals(table.getKey()))
              .toList();
      apply(connection, table.getKey(), table.getValue(), chunks);
    }
    sweep(connection, batch);
  }

  private void apply(Connection connection, String table, StagingSql sql, List<Chunk> chunks)
      throws SQLException, IOException {
    List<Chunk> rows = chunks.stream().filter(c -> c.payload().length > 0).toList();
    List<Chunk> staged = chunks.stream().filter(c -> c.kind() == Kind.STAGED).toList();
    if (rows.isEmpty() && staged.isEmpty()) {
      return;
    }
    if (!rows.isEmpty()) {
      Copy.in(connection, sql.copyToIncoming(), rows);
    }
    for (Chunk chunk : staged) {
      take(connection, sql, chunk);
      withStaging.add(table);
    }
    try (Statement statement = connection.createStatement()) {
      if (!staged.isEmpty()) {
        statement.execute(sql.analyzeIncoming());
        statement.execute(sql.keepLast());
      }
      if (chunks.stream().anyMatch(c -> c.deletes() > 0)) {
        statement.execute(sql.delete());
      }
      statement.execute(sql.upsert());
    } catch (SQLException e) {
      throw explained(table, e);
    }
  }

  private static void take(Connection connection, StagingSql sql, Chunk chunk) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql.takeStaged())) {
      statement.setLong(1, chunk.owner());
      statement.setLong(2, chunk.from());
      statement.setLong(3, chunk.to());
      int taken = statement.executeUpdate();
      if (taken != chunk.upserts() + chunk.deletes()) {
        throw new LedgerConflictException(
            "%d of %d staged rows of %s are gone: the serving store lost data, or somebody changed it"
                .formatted(
                    chunk.upserts() + chunk.deletes() - taken,
                    chunk.upserts() + chunk.deletes(),
                    chunk.table()));
      }
    }
  }

  private static SQLException explained(String table, SQLException e) {
    if (ROW_TWICE.equals(e.getSQLState())) {
      throw new LedgerConflictException(
          "Two subtasks changed the same row of %s between two checkpoints; a job has to key its stream by what the primary key is made of"
              .formatted(table),
          e);
    }
    return e;
  }

  /**
   * Rows that an attempt staged and no checkpoint came to name stay behind. Whatever is staged for
   * a later checkpoint was staged after this one's barrier, so what is older, nobody will ask for.
   */
  private void sweep(Connection connection, Batch batch) throws SQLException {
    for (String table : withStaging) {
      String sql = tables.get(table).sweepStaging();
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setLong(1, batch.checkpoint());
        statement.executeUpdate();
      }
    }
  }

  private boolean exists(Connection connection, StagingSql sql) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
      statement.setString(1, "\"%s\".\"%s\"".formatted(schema, sql.stagingName()));
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }
}
