package io.kappa.common.sink;

import io.kappa.common.sink.Chunk.Kind;
import io.kappa.common.table.Identifier;
import io.kappa.common.table.TableShape;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Commits the rows of a batch where they are: what was staged stays in the staging table, the rest
 * joins it, and it is noted up to which number they count. Within the transaction of somebody else.
 */
final class BulkRows {

  private final BulkSql sql;
  private final Map<String, StagingSql> tables = new LinkedHashMap<>();

  BulkRows(String schema, List<TableShape> tables) {
    Identifier name = new Identifier(schema);
    this.sql = new BulkSql(name);
    for (TableShape table : tables) {
      this.tables.put(table.name(), new StagingSql(name, table));
    }
  }

  void apply(Connection connection, Batch batch) throws SQLException, IOException {
    for (Map.Entry<String, StagingSql> table : tables.entrySet()) {
      List<Chunk> chunks = batch.changesOf(table.getKey());
      List<Chunk> rows = chunks.stream().filter(c -> c.kind() == Kind.ROWS).toList();
      if (!rows.isEmpty()) {
        Copy.in(connection, table.getValue().copyToStaging(), rows);
      }
      commit(connection, table.getKey(), batch.checkpoint(), chunks);
    }
  }

  private void commit(Connection connection, String table, long checkpoint, List<Chunk> chunks)
      throws SQLException {
    Map<Long, Long> lastNumbers = new TreeMap<>();
    chunks.forEach(chunk -> lastNumbers.merge(chunk.owner(), chunk.to(), Math::max));
    try (PreparedStatement statement = connection.prepareStatement(sql.commit())) {
      for (Map.Entry<Long, Long> owner : lastNumbers.entrySet()) {
        statement.setString(1, table);
        statement.setLong(2, owner.getKey());
        statement.setLong(3, checkpoint);
        statement.setLong(4, checkpoint);
        statement.setLong(5, owner.getValue());
        statement.executeUpdate();
      }
    }
  }
}
