package io.kappa.control.catalogue;

import io.kappa.control.version.VersionName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Who drives which version. A lease runs out by the store's clock, so nobody has to clean up after
 * a driver that died.
 */
public final class Leases {

  /** How long a lease holds if nobody renews it. */
  public static final Duration TERM = Duration.ofSeconds(10);

  private static final String TAKE =
      """
      INSERT INTO kappa.lease AS l (job, version, holder, token, until)
      VALUES (?, ?, ?, ?, clock_timestamp() + ? * interval '1 millisecond')
      ON CONFLICT (job, version) DO UPDATE
         SET holder = excluded.holder, token = excluded.token,
             until = clock_timestamp() + ? * interval '1 millisecond'
       WHERE l.until < clock_timestamp()
      """;

  /** Waits for a long step that keeps the lease, so that the new term is reckoned behind it. */
  private static final String LOCK =
      "SELECT 1 FROM kappa.lease WHERE job = ? AND version = ? AND token = ? FOR UPDATE";

  private static final String RENEW =
      "UPDATE kappa.lease SET until = clock_timestamp() + ? * interval '1 millisecond'"
          + " WHERE job = ? AND version = ? AND token = ?";

  private final Store owner;

  public Leases(Store owner) {
    this.owner = owner;
  }

  /**
   * Takes a lease on a version, if nobody else has one.
   *
   * @param holder whom others are told of
   */
  public Optional<Lease> take(VersionName version, String holder) {
    Lease lease = new Lease(version, holder, UUID.randomUUID());
    return owner.inTransaction(
        connection -> {
          try (PreparedStatement take = connection.prepareStatement(TAKE)) {
            take.setString(1, version.job().value());
            take.setInt(2, version.number());
            take.setString(3, holder);
            take.setObject(4, lease.token());
            take.setLong(5, TERM.toMillis());
            // Reckoned anew: what is to be inserted was made before it waited for a long step.
            take.setLong(6, TERM.toMillis());
            return take.executeUpdate() == 1 ? Optional.of(lease) : Optional.<Lease>empty();
          }
        });
  }

  /**
   * Makes a lease hold for another term, also when its time was over and nobody took it.
   *
   * @return {@code false} if somebody else has had it since, even if they gave it back: what its
   *     holder saw before may be old
   */
  public boolean renew(Lease lease) {
    return owner.inTransaction(
        connection -> {
          try (PreparedStatement lock = connection.prepareStatement(LOCK);
              PreparedStatement renew = connection.prepareStatement(RENEW)) {
            lock.setString(1, lease.version().job().value());
            lock.setInt(2, lease.version().number());
            lock.setObject(3, lease.token());
            lock.execute();
            renew.setLong(1, TERM.toMillis());
            renew.setString(2, lease.version().job().value());
            renew.setInt(3, lease.version().number());
            renew.setObject(4, lease.token());
            return renew.executeUpdate() == 1;
          }
        });
  }

  /** Gives a lease back before its time. */
  public void release(Lease lease) {
    owner.inTransaction(
        connection -> {
          try (PreparedStatement delete =
              connection.prepareStatement(
                  "DELETE FROM kappa.lease WHERE job = ? AND version = ? AND token = ?")) {
            delete.setString(1, lease.version().job().value());
            delete.setInt(2, lease.version().number());
            delete.setObject(3, lease.token());
            return delete.executeUpdate();
          }
        });
  }

  /** Who drives a version now; empty if nobody does. */
  public Optional<String> holder(VersionName version) {
    return owner.inTransaction(
        connection -> {
          try (PreparedStatement query =
              connection.prepareStatement(
                  "SELECT holder FROM kappa.lease"
                      + " WHERE job = ? AND version = ? AND until >= clock_timestamp()")) {
            query.setString(1, version.job().value());
            query.setInt(2, version.number());
            try (ResultSet row = query.executeQuery()) {
              return row.next() ? Optional.of(row.getString(1)) : Optional.<String>empty();
            }
          }
        });
  }

  /**
   * Makes a lease that this transaction keeps hold for another term behind it: meanwhile nobody
   * could renew it, and it may have run out. To commit much takes long as well, so the transaction
   * gets as much time again as it has had.
   */
  static void extend(Connection connection, Lease lease) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE kappa.lease SET until = clock_timestamp() + (clock_timestamp() - now())"
                + " + ? * interval '1 millisecond' WHERE job = ? AND version = ? AND token = ?")) {
      update.setLong(1, TERM.toMillis());
      update.setString(2, lease.version().job().value());
      update.setInt(3, lease.version().number());
      update.setObject(4, lease.token());
      update.executeUpdate();
    }
  }

  /**
   * Keeps the lease until the transaction ends.
   *
   * @throws LeaseLost if somebody else has it by now
   */
  static void hold(Connection connection, Lease lease) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT 1 FROM kappa.lease WHERE job = ? AND version = ? AND token = ? FOR SHARE")) {
      query.setString(1, lease.version().job().value());
      query.setInt(2, lease.version().number());
      query.setObject(3, lease.token());
      try (ResultSet row = query.executeQuery()) {
        if (!row.next()) {
          throw new LeaseLost(lease.version());
        }
      }
    }
  }
}
