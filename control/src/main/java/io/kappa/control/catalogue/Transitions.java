package io.kappa.control.catalogue;

import io.kappa.common.table.TableShape;
import io.kappa.control.version.Frontier;
import io.kappa.control.version.Leg;
import io.kappa.control.version.Phase;
import io.kappa.control.version.RunProfile;
import io.kappa.control.version.VersionName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The steps by which a version's life goes on, each one transaction: whoever takes it holds the
 * lease, the version is still in the phase in which the step was decided on, and the step, the new
 * phase and the audit entry are there together or not at all. So no step is done twice.
 */
public final class Transitions {

  /** Something to do within a step. */
  @FunctionalInterface
  public interface Part {

    /**
     * @throws SQLException as JDBC does
     */
    void in(Connection connection) throws SQLException;
  }

  /** The tables of a version, and which version it is. */
  public record Tables(VersionName version, List<TableShape> shapes) {}

  private final Store owner;

  public Transitions(Store owner) {
    this.owner = owner;
  }

  /**
   * Takes a version from one phase to the next.
   *
   * @param with what belongs to the step
   * @throws LeaseLost if somebody else drives it, or it isn't in that phase any more
   */
  public void move(
      Lease lease, Phase from, Phase to, String event, Map<String, String> detail, Part with) {
    owner.inTransaction(
        step(
            lease,
            from,
            connection -> {
              with.in(connection);
              leave(connection, lease, to, event, detail);
              return null;
            }));
  }

  /**
   * The same, where what belongs to the step writes the audit entry.
   *
   * @throws LeaseLost if somebody else drives it, or it isn't in that phase any more
   */
  public void move(Lease lease, Phase from, Phase to, Part with) {
    owner.inTransaction(
        step(
            lease,
            from,
            connection -> {
              with.in(connection);
              setPhase(connection, lease.version(), to);
              return null;
            }));
  }

  /**
   * Does something that leaves the phase as it is.
   *
   * @throws LeaseLost if somebody else drives it, or it isn't in that phase any more
   */
  public void within(Lease lease, Phase phase, Part part) {
    owner.inTransaction(
        step(
            lease,
            phase,
            connection -> {
              part.in(connection);
              return null;
            }));
  }

  /**
   * Takes the live version's frontier as the candidate's next fence, copies the live tables as they
   * are there, and opens a leg up to it: all in one snapshot, while readers and writers go on.
   *
   * @param before the leg before, with its savepoint; empty for the first
   * @param start the candidate's pinned start
   * @param live the live version and its tables
   * @return the fence; empty if the live version is behind the fence before
   * @throws LeaseLost if somebody else drives it, or it isn't in that phase any more
   */
  public Optional<Frontier> takeFence(
      Lease lease,
      Phase from,
      Optional<Leg> before,
      Frontier start,
      RunProfile profile,
      Tables live) {
    return owner.inSnapshot(
        step(
            lease,
            from,
            connection -> {
              Frontier begin = before.flatMap(Leg::fence).orElse(start);
              Frontier fence = Committed.frontier(connection, live.version()).orElseThrow();
              if (!fence.reaches(begin)) {
                return Optional.empty();
              }
              Baseline.take(connection, lease.version(), live);
              Leg leg =
                  new Leg(
                      before.map(Leg::number).orElse(0) + 1,
                      begin,
                      Optional.of(fence),
                      before.flatMap(Leg::savepoint),
                      profile,
                      0,
                      Optional.empty());
              Legs.open(connection, lease.version(), leg);
              Map<String, String> detail = new TreeMap<>();
              detail.put("leg", Integer.toString(leg.number()));
              detail.put("fence", Json.text(fence.offsets()));
              detail.put("baseline", "v" + live.version().number());
              detail.put("records", Long.toString(begin.recordsTo(fence)));
              leave(connection, lease, Phase.REPLAYING, "fence taken", detail);
              return Optional.of(fence);
            }));
  }

  /**
   * Takes the ledger away from the run that has it, for good; part of a step.
   *
   * @return the version as it is from then on, until a new run gets the ledger
   */
  public static Entry fenceOff(Connection connection, VersionName version) throws SQLException {
    changeToken(connection, version);
    return VersionRows.all(connection).of(version).orElseThrow();
  }

  private static void changeToken(Connection connection, VersionName version) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE kappa.ledger SET token = gen_random_uuid() WHERE job = ? AND version = ?")) {
      update.setString(1, version.job().value());
      update.setInt(2, version.number());
      update.executeUpdate();
    }
  }

  /** Whoever takes a step has the lease from its first statement on, and still behind it. */
  private static <T> Store.Work<T> step(Lease lease, Phase expected, Store.Work<T> work) {
    return connection -> {
      enter(connection, lease, expected);
      T done = work.with(connection);
      Leases.extend(connection, lease);
      return done;
    };
  }

  private static void enter(Connection connection, Lease lease, Phase expected)
      throws SQLException {
    Leases.hold(connection, lease);
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT phase FROM kappa.version WHERE job = ? AND version = ? FOR UPDATE")) {
      query.setString(1, lease.version().job().value());
      query.setInt(2, lease.version().number());
      try (ResultSet row = query.executeQuery()) {
        if (!row.next() || !row.getString(1).equals(expected.name())) {
          throw new LeaseLost(lease.version());
        }
      }
    }
  }

  private static void leave(
      Connection connection, Lease lease, Phase to, String event, Map<String, String> detail)
      throws SQLException {
    setPhase(connection, lease.version(), to);
    AuditTrail.write(connection, lease.holder(), lease.version(), event, detail);
  }

  private static void setPhase(Connection connection, VersionName version, Phase to)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE kappa.version SET phase = ? WHERE job = ? AND version = ?")) {
      update.setString(1, to.name());
      update.setString(2, version.job().value());
      update.setInt(3, version.number());
      update.executeUpdate();
    }
  }
}
