package io.kappa.common.sink;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** PostgreSQL's COPY of chunks that are already in its binary form. */
final class Copy {

  private Copy() {}

  /** Copies the rows of all chunks with one statement. */
  static void in(Connection connection, String sql, List<Chunk> chunks)
      throws SQLException, IOException {
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
    try {
      copy.writeToCopy(CopyTuples.HEADER, 0, CopyTuples.HEADER.length);
      for (Chunk chunk : chunks) {
        copy.writeToCopy(chunk.payload(), 0, chunk.payload().length);
      }
      copy.writeToCopy(CopyTuples.TRAILER, 0, CopyTuples.TRAILER.length);
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }
}
