package io.kappa.peers.hazelcast;

import java.sql.Connection;
import java.sql.SQLException;

/** Rows as they now are, each key once. They stay within this JVM. */
interface Rows {

  /** Puts the rows in the place of those with the same keys; the caller commits. */
  void write(Connection connection, Tables tables) throws SQLException;
}
