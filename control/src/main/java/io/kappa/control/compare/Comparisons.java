package io.kappa.control.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kappa.control.Refusal;
import io.kappa.control.catalogue.AuditTrail;
import io.kappa.control.catalogue.Json;
import io.kappa.control.catalogue.Rows;
import io.kappa.control.catalogue.Store;
import io.kappa.control.version.VersionName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The catalogue's rows on comparisons. The newest of a version counts. */
public final class Comparisons {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** What the column {@code report} holds. */
  private record Stored(Report found, List<String> reasons) {}

  private final Store owner;

  public Comparisons(Store owner) {
    this.owner = owner;
  }

  /**
   * Adds a comparison, and an entry to the audit trail, with whatever else the transaction does.
   *
   * @param actor whom the audit trail names
   */
  public static void write(Connection connection, Comparison comparison, String actor)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO kappa.comparison (job, version, leg, baseline, frontier, expectations,
                expected_by, verdict, report, compared_at)
            VALUES (?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?::jsonb, ?::timestamptz)
            """)) {
      insert.setString(1, comparison.candidate().job().value());
      insert.setInt(2, comparison.candidate().number());
      insert.setInt(3, comparison.leg());
      insert.setInt(4, comparison.baseline());
      insert.setString(5, Json.text(comparison.fence().offsets()));
      insert.setString(6, comparison.expectedSha256());
      insert.setString(7, comparison.expectedBy());
      insert.setString(8, comparison.verdict().outcome().name());
      insert.setString(9, storable(comparison));
      insert.setString(10, comparison.at().toString());
      insert.executeUpdate();
    }
    AuditTrail.write(connection, actor, comparison.candidate(), "compared", detail(comparison));
  }

  /**
   * Adds a comparison, in a transaction of its own.
   *
   * @throws Refusal if PostgreSQL can't be reached or refuses
   */
  public void add(Comparison comparison, String actor) {
    owner.inTransaction(
        connection -> {
          write(connection, comparison, actor);
          return null;
        });
  }

  /**
   * The comparison of a version that was written last.
   *
   * @throws Refusal if PostgreSQL can't be reached or refuses
   */
  public Optional<Comparison> newest(VersionName version) {
    return owner.inSnapshot(connection -> newest(connection, version));
  }

  /** The same, as a transaction sees it. */
  public static Optional<Comparison> newest(Connection connection, VersionName version)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            SELECT job, version, leg, baseline, frontier, expectations, expected_by, verdict,
                   report, compared_at
              FROM kappa.comparison WHERE job = ? AND version = ? ORDER BY id DESC LIMIT 1
            """)) {
      query.setString(1, version.job().value());
      query.setInt(2, version.number());
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(comparison(row)) : Optional.empty();
      }
    }
  }

  private static Comparison comparison(ResultSet row) throws SQLException {
    Stored stored = stored(row.getString("report"));
    return new Comparison(
        Rows.name(row),
        row.getInt("leg"),
        row.getInt("baseline"),
        Json.frontier(row.getString("frontier")),
        row.getString("expectations"),
        row.getString("expected_by"),
        stored.found(),
        new Verdict(Verdict.Outcome.valueOf(row.getString("verdict")), stored.reasons()),
        Rows.instant(row, "compared_at").orElseThrow());
  }

  private static Map<String, String> detail(Comparison comparison) {
    RowCounts all =
        comparison.report().tables().stream()
            .map(TableReport::rows)
            .reduce(new RowCounts(0, 0, 0, 0), RowCounts::plus);
    Map<String, String> detail = new TreeMap<>();
    detail.put("verdict", comparison.verdict().outcome().name());
    detail.put("baseline", "v" + comparison.baseline());
    detail.put("leg", Integer.toString(comparison.leg()));
    detail.put("fence", Json.text(comparison.fence().offsets()));
    detail.put("expectedBy", comparison.expectedBy());
    detail.put("equal", Long.toString(all.equal()));
    detail.put("changed", Long.toString(all.changed()));
    detail.put("missing", Long.toString(all.missing()));
    detail.put("extra", Long.toString(all.extra()));
    return detail;
  }

  private static String storable(Comparison comparison) {
    return Json.text(new Stored(comparison.report(), comparison.verdict().reasons()));
  }

  private static Stored stored(String json) {
    try {
      return MAPPER.readValue(json, Stored.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the catalogue holds a report of another form", e);
    }
  }
}
