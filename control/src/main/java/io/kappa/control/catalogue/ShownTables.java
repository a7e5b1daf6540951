package io.kappa.control.catalogue;

import io.kappa.common.table.TableShape;
import io.kappa.common.table.TableShape.ColumnShape;
import io.kappa.control.version.VersionName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What PostgreSQL's own catalogue says of those tables of a version that readers may query. */
final class ShownTables {

  private static final String SELECT =
      """
      SELECT c.relname, coalesce(obj_description(c.oid, 'pg_class'), ''), a.attname,
             format_type(a.atttypid, a.atttypmod), coalesce(a.attnum = ANY (i.indkey), false),
             coalesce(col_description(c.oid, a.attnum), '')
        FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
       WHERE n.nspname = ? AND c.relkind = 'r'
         AND EXISTS (SELECT FROM pg_class v JOIN pg_namespace s ON s.oid = v.relnamespace
                      WHERE s.nspname = ? AND v.relname = c.relname AND v.relkind = 'v'
                        AND has_table_privilege('kappa_reader', v.oid, 'SELECT'))
       ORDER BY c.relname, a.attnum
      """;

  private ShownTables() {}

  /** The tables by name, their columns in their order; none of a table without a key is one. */
  static List<TableShape> of(Connection connection, VersionName version) throws SQLException {
    Map<String, String> comments = new LinkedHashMap<>();
    Map<String, List<ColumnShape>> columns = new LinkedHashMap<>();
    try (PreparedStatement query = connection.prepareStatement(SELECT)) {
      query.setString(1, version.schema());
      query.setString(2, version.job().schema().value());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          comments.put(row.getString(1), row.getString(2));
          columns.computeIfAbsent(row.getString(1), table -> new ArrayList<>()).add(column(row));
        }
      }
    }
    List<TableShape> tables = new ArrayList<>();
    columns.forEach((name, own) -> tables.add(new TableShape(name, comments.get(name), own)));
    return tables;
  }

  private static ColumnShape column(ResultSet row) throws SQLException {
    return new ColumnShape(
        row.getString(3), ShownViews.type(row.getString(4)), row.getBoolean(5), row.getString(6));
  }
}
