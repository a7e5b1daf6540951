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

  /** A row is changed twice by one statement, or put there twice. */
  private static final Set<String> ROW_TWICE = Set.of("21000", "23505");

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
      apply(connection, table.getKey(), table.getValue(), batch.changesOf(table.getKey()));
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
    try {
      if (staged.isEmpty()) {
        merge(connection, sql);
      } else {
        mergeStaged(connection, sql, staged);
        withStaging.add(table);
      }
    } catch (SQLException e) {
      throw explained(table, e);
    }
  }

  private static void merge(Connection connection, StagingSql sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql.mergeIncoming());
    }
  }

  private static void mergeStaged(Connection connection, StagingSql sql, List<Chunk> chunks)
      throws SQLException {
    List<Staged> owners = Staged.byOwner(chunks);
    try (PreparedStatement merge = connection.prepareStatement(sql.mergeStaged(owners.size()));
        PreparedStatement remove = connection.prepareStatement(sql.removeStaged())) {
      int place = 1;
      for (Staged owner : owners) {
        place = owner.name(merge, place);
      }
      merge.execute();
      for (Staged owner : owners) {
        owner.name(remove, 1);
        owner.requireAll(remove.executeUpdate());
      }
    }
  }

  private static SQLException explained(String table, SQLException e) {
    if (ROW_TWICE.contains(e.getSQLState())) {
      throw LedgerConflictException.rowTwice(table, e);
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
