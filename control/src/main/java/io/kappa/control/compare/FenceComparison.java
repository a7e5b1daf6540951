package io.kappa.control.compare;

import io.kappa.common.table.TableShape;
import io.kappa.common.table.TableShape.ColumnShape;
import io.kappa.control.Refusal;
import io.kappa.control.catalogue.Store;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Holds a candidate's tables against the copy of its baseline, row by row and column by column,
 * where they lie: no table leaves the store.
 *
 * <p>All rows that differ are in the candidate's baseline schema afterwards, in {@code
 * <table>_differences}.
 */
public final class FenceComparison {

  private final Store owner;
  private final Clock clock;

  /**
   * @param clock tells when it was compared
   */
  public FenceComparison(Store owner, Clock clock) {
    this.owner = owner;
    this.clock = clock;
  }

  /**
   * Compares, runs the checks and judges. May be done again; nothing is written to the catalogue.
   *
   * @throws Refusal if the candidate isn't at the fence, or PostgreSQL can't be reached or refuses
   */
  public Comparison of(Pair pair, Expected expected) {
    Report rows = owner.inSnapshot(connection -> compare(connection, pair));
    Report report =
        rows.with(
            new Checks(owner)
                .run(pair.candidate(), pair.fence(), expected.expectations().checks()));
    return new Comparison(
        pair.candidate(),
        pair.leg(),
        pair.baseline(),
        pair.fence(),
        expected.sha256(),
        expected.by(),
        report,
        Verdict.of(report, expected.expectations()),
        clock.instant());
  }

  /**
   * Judges what was found once more, by other expectations. Their checks are run anew.
   *
   * @throws Refusal if there are checks and the candidate has left the fence, or PostgreSQL can't
   *     be reached
   */
  public Comparison again(Comparison found, Expected expected) {
    List<Expectations.Check> checks = expected.expectations().checks();
    if (!checks.isEmpty() && !stands(found)) {
      throw new Refusal(
          "%s has left the fence that it was compared at, so the checks of %s can't be run there"
              .formatted(found.candidate(), expected.by()),
          "leave the checks out to judge the differences alone, or compare anew with ./kappa replay "
              + found.candidate().job());
    }
    List<CheckResult> results = new Checks(owner).run(found.candidate(), found.fence(), checks);
    return found.judgedBy(expected, found.report().with(results), clock.instant());
  }

  private boolean stands(Comparison found) {
    return owner.inSnapshot(
        connection -> AtFence.stands(connection, found.candidate(), found.fence()));
  }

  private static Report compare(Connection connection, Pair pair) throws SQLException {
    AtFence.check(connection, pair.candidate(), pair.fence());
    Settings.forWriting(connection);
    letReadersIn(connection, pair);
    Set<String> names = names(pair.tables());
    names.addAll(names(pair.baselineTables()));
    List<TableReport> tables = new ArrayList<>();
    List<String> rekeyed = new ArrayList<>();
    List<String> added = new ArrayList<>();
    for (TableShape candidate : pair.tables()) {
      Optional<TableShape> baseline = named(candidate.name(), pair.baselineTables());
      if (baseline.isEmpty()) {
        added.add(candidate.name());
      } else if (!key(candidate).equals(key(baseline.get()))) {
        rekeyed.add(
            "%s: its key was %s and is %s"
                .formatted(candidate.name(), key(baseline.get()), key(candidate)));
      } else {
        DifferenceTable table = new DifferenceTable(pair, candidate, baseline.get(), names);
        fill(connection, table);
        tables.add(new DifferenceSummary(connection, table).report());
      }
    }
    List<String> gone =
        pair.baselineTables().stream()
            .map(TableShape::name)
            .filter(name -> named(name, pair.tables()).isEmpty())
            .toList();
    return new Report(tables, added, gone, rekeyed, List.of());
  }

  /** So that {@code ./kappa sql} shows the differences; the copy itself stays the owner's. */
  private static void letReadersIn(Connection connection, Pair pair) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "GRANT USAGE ON SCHEMA %s TO kappa_reader"
              .formatted(DifferenceTable.quoted(pair.candidate().baselineSchema())));
    }
  }

  private static void fill(Connection connection, DifferenceTable table) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS " + table.qualified());
      statement.execute("ANALYZE " + table.baselineQualified());
      statement.execute(table.create());
      statement.execute("GRANT SELECT ON %s TO kappa_reader".formatted(table.qualified()));
    }
  }

  private static Set<String> names(List<TableShape> tables) {
    return tables.stream().map(TableShape::name).collect(Collectors.toCollection(HashSet::new));
  }

  private static Optional<TableShape> named(String name, List<TableShape> tables) {
    return tables.stream().filter(table -> table.name().equals(name)).findFirst();
  }

  private static String key(TableShape table) {
    return table.key().stream()
        .map((ColumnShape column) -> column.name() + " " + column.type().sql())
        .collect(Collectors.joining(", ", "(", ")"));
  }
}
