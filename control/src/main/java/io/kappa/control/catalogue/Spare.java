package io.kappa.control.catalogue;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What becomes of connections between their uses. Only those that have just committed come here:
 * but for what {@link Store} sets anew each time, all settings of a use are its transaction's own.
 */
sealed interface Spare {

  /** Closes each. */
  Spare NONE = new None();

  /** A connection that answers, if there is one. */
  Optional<Connection> take() throws SQLException;

  /** Takes one that is at rest. */
  void give(Connection connection) throws SQLException;

  /** Nothing is kept. */
  final class None implements Spare {

    private None() {}

    @Override
    public Optional<Connection> take() {
      return Optional.empty();
    }

    @Override
    public void give(Connection connection) throws SQLException {
      connection.close();
    }
  }

  /**
   * One is kept at most. A login takes some 20 ms of both sides' processor time, which a driver
   * that looks several times a second would take from the job that it waits for.
   */
  final class One implements Spare {

    private static final int SECONDS_TO_ANSWER = 2;

    private final AtomicReference<Connection> kept = new AtomicReference<>();

    @Override
    public Optional<Connection> take() throws SQLException {
      Connection connection = kept.getAndSet(null);
      if (connection == null || connection.isValid(SECONDS_TO_ANSWER)) {
        return Optional.ofNullable(connection);
      }
      connection.close();
      return Optional.empty();
    }

    @Override
    public void give(Connection connection) throws SQLException {
      if (!kept.compareAndSet(null, connection)) {
        connection.close();
      }
    }
  }
}
