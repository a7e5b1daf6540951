package io.kappa.peers.kafkastreams;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import org.postgresql.PGConnection;

/** Rows of one table until they are sent: a text and numbers, column by column. */
final class Rows {

  private static final int MOST_AT_ONCE = 10_000;

  private final String upsert;
  private String[] names = new String[1024];
  private final long[][] numbers;
  private int count;

  /**
   * @param upsert takes an array of texts, then one of {@code bigint} for each other column
   */
  Rows(String upsert, int otherColumns) {
    this.upsert = upsert;
    this.numbers = new long[otherColumns][names.length];
  }

  /** Adds a row; no two of the same key. */
  void add(String name, long[] others) {
    if (count == names.length) {
      names = Arrays.copyOf(names, 2 * count);
      for (int column = 0; column < numbers.length; column++) {
        numbers[column] = Arrays.copyOf(numbers[column], 2 * count);
      }
    }
    names[count] = name;
    for (int column = 0; column < numbers.length; column++) {
      numbers[column][count] = others[column];
    }
    count++;
  }

  /** Sends all rows, and keeps them. */
  void send(Connection connection) throws SQLException {
    PGConnection arrays = connection.unwrap(PGConnection.class);
    try (PreparedStatement statement = connection.prepareStatement(upsert)) {
      for (int from = 0; from < count; from += MOST_AT_ONCE) {
        int to = Math.min(count, from + MOST_AT_ONCE);
        Array texts = connection.createArrayOf("text", Arrays.copyOfRange(names, from, to));
        statement.setArray(1, texts);
        for (int column = 0; column < numbers.length; column++) {
          long[] part = Arrays.copyOfRange(numbers[column], from, to);
          statement.setArray(2 + column, arrays.createArrayOf("int8", part));
        }
        statement.executeUpdate();
      }
    }
  }

  void clear() {
    count = 0;
  }
}
