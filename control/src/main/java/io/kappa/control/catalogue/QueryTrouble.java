package io.kappa.control.catalogue;

import io.kappa.control.Refusal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.util.ServerErrorMessage;

/** What PostgreSQL's errors mean to somebody who asked a question. */
final class QueryTrouble {

  private static final String READABLE =
      """
      SELECT n.nspname || '.' || c.relname
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relkind IN ('r', 'v') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
         AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
       ORDER BY 1
      """;

  private QueryTrouble() {}

  static Refusal refusal(Store reader, SQLException e) {
    if (StoreTrouble.state(e).startsWith("08") || StoreTrouble.server(e).isEmpty()) {
      return StoreTrouble.refusal(reader.url(), e);
    }
    return new Refusal(
        "PostgreSQL refuses the query: %s%s".formatted(StoreTrouble.message(e), place(e)),
        remedy(reader, e),
        e);
  }

  private static String place(SQLException e) {
    int position = StoreTrouble.server(e).map(ServerErrorMessage::getPosition).orElse(0);
    return position > 0 ? " (character %d)".formatted(position) : "";
  }

  private static String remedy(Store reader, SQLException e) {
    return switch (StoreTrouble.state(e)) {
      case "42P01", "3F000" -> "there is " + String.join(", ", readable(reader));
      case "42501" -> "readers may query " + String.join(", ", readable(reader));
      case "25006" -> "kappa sql only reads; events that go into the log change the tables";
      case "57014" -> "it was cancelled: ask for less";
      default ->
          StoreTrouble.server(e)
              .map(ServerErrorMessage::getHint)
              .orElse("mend the query; it must be one that PostgreSQL understands");
    };
  }

  private static List<String> readable(Store reader) {
    try (Connection connection = reader.open();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(READABLE)) {
      List<String> names = new ArrayList<>();
      while (row.next()) {
        names.add(row.getString(1));
      }
      return names.isEmpty() ? List.of("nothing yet: ./kappa start JOB makes tables") : names;
    } catch (SQLException e) {
      throw StoreTrouble.refusal(reader.url(), e);
    }
  }
}
