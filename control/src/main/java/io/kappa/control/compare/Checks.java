package io.kappa.control.compare;

import io.kappa.control.Refusal;
import io.kappa.control.catalogue.Store;
import io.kappa.control.compare.CheckResult.Outcome;
import io.kappa.control.compare.Expectations.Check;
import io.kappa.control.version.Frontier;
import io.kappa.control.version.VersionName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.core.Parser;

/** Asks the store what expectations want to know, while the candidate stands at its fence. */
public final class Checks {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Store owner;
  private final Duration patience;

  public Checks(Store owner) {
    this(owner, PATIENCE);
  }

  /**
   * @param patience how long each of them may take
   */
  Checks(Store owner, Duration patience) {
    this.owner = owner;
    this.patience = patience;
  }

  /**
   * Runs them, each by itself, in one snapshot in which nothing can be written.
   *
   * @throws Refusal if the candidate isn't at the fence, or PostgreSQL can't be reached
   */
  public List<CheckResult> run(VersionName candidate, Frontier fence, List<Check> checks) {
    if (checks.isEmpty()) {
      return List.of();
    }
    return owner.inSnapshot(
        connection -> {
          connection.setReadOnly(true);
          AtFence.check(connection, candidate, fence);
          Settings.forReading(connection);
          try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL statement_timeout = %d".formatted(patience.toMillis()));
          }
          List<CheckResult> results = new ArrayList<>();
          for (Check check : checks) {
            results.add(result(connection, candidate, check));
          }
          return List.copyOf(results);
        });
  }

  private CheckResult result(Connection connection, VersionName candidate, Check check)
      throws SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      return ask(connection, check, sql(candidate, check.sql()));
    } catch (SQLException e) {
      if (connection.isClosed()) {
        throw e;
      }
      connection.rollback(before);
      return new CheckResult(check.name(), Outcome.COULD_NOT_BE_RUN, why(e));
    }
  }

  private static CheckResult ask(Connection connection, Check check, String sql)
      throws SQLException {
    if (Parser.parseJdbcSql(sql, true, false, true, false, false).size() != 1) {
      return new CheckResult(
          check.name(), Outcome.COULD_NOT_BE_RUN, "it has more than one statement");
    }
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      try (ResultSet row = statement.executeQuery(sql)) {
        String type = row.getMetaData().getColumnTypeName(1);
        if (!type.equals("bool")) {
          return new CheckResult(
              check.name(),
              Outcome.COULD_NOT_BE_RUN,
              "its answer is of type %s; allowed is boolean".formatted(type));
        }
        row.next();
        boolean holds = row.getBoolean(1);
        return new CheckResult(
            check.name(),
            holds ? Outcome.HOLDS : Outcome.DOES_NOT_HOLD,
            holds ? "" : row.wasNull() ? "NULL, or nothing" : "false");
      }
    }
  }

  /** As a sub-query it can be no statement but a question with one answer. */
  private static String sql(VersionName candidate, String given) {
    String text = given.strip().replaceFirst(";$", "");
    return "SELECT (\n%s\n)"
        .formatted(
            text.replace("{candidate}", DifferenceTable.quoted(candidate.schema()))
                .replace("{baseline}", DifferenceTable.quoted(candidate.baselineSchema())));
  }

  private String why(SQLException e) {
    if ("57014".equals(e.getSQLState())) {
      return "it took more than %d seconds".formatted(patience.toSeconds());
    }
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("").replace("ERROR: ", "");
  }
}
