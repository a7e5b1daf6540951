package io.kappa.control.catalogue;

import io.kappa.common.table.Identifier;
import io.kappa.common.table.SqlType;
import io.kappa.common.table.TableShape;
import io.kappa.common.table.TableShape.ColumnShape;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What PostgreSQL's own catalogue says of a job's contract views. */
final class ShownViews {

  private ShownViews() {}

  /** The views with their columns, in their order; none is marked as a key. */
  static List<TableShape> tables(Connection connection, Identifier job) throws SQLException {
    Map<String, String> comments = new LinkedHashMap<>();
    Map<String, List<ColumnShape>> columns = new LinkedHashMap<>();
    String sql =
        """
        SELECT c.relname, coalesce(obj_description(c.oid, 'pg_class'), ''), a.attname,
               format_type(a.atttypid, a.atttypmod), coalesce(col_description(c.oid, a.attnum), '')
          FROM pg_class c
          JOIN pg_namespace n ON n.oid = c.relnamespace
          JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
         WHERE n.nspname = ? AND c.relkind = 'v'
         ORDER BY c.relname, a.attnum
        """;
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, job.schema().value());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          comments.put(row.getString(1), row.getString(2));
          columns
              .computeIfAbsent(row.getString(1), table -> new ArrayList<>())
              .add(
                  new ColumnShape(
                      row.getString(3), type(row.getString(4)), false, row.getString(5)));
        }
      }
    }
    List<TableShape> tables = new ArrayList<>();
    columns.forEach((name, own) -> tables.add(new TableShape(name, comments.get(name), own)));
    return tables;
  }

  /** Table -> primary key, as the newest attached version with that table has it. */
  static Map<String, List<String>> keys(Connection connection, Identifier job) throws SQLException {
    Map<String, List<String>> keys = new LinkedHashMap<>();
    String sql =
        """
        SELECT c.relname, array_agg(a.attname::text ORDER BY k.position)
          FROM kappa.version v
          JOIN pg_namespace n ON n.nspname = v.schema_name
          JOIN pg_class c ON c.relnamespace = n.oid
          JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
         CROSS JOIN unnest(i.indkey::int2[]) WITH ORDINALITY k (number, position)
          JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number
         WHERE v.job = ? AND v.attached
         GROUP BY v.version, c.relname ORDER BY v.version
        """;
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, job.value());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          keys.put(row.getString(1), List.of((String[]) row.getArray(2).getArray()));
        }
      }
    }
    return keys;
  }

  /** Who may select from a view besides its owner, as GRANT spells them. */
  static List<String> readers(Connection connection, String view) throws SQLException {
    List<String> readers = new ArrayList<>();
    String sql =
        """
        SELECT CASE x.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(x.grantee)) END
          FROM pg_class c, aclexplode(c.relacl) x
         WHERE c.oid = to_regclass(?) AND x.privilege_type = 'SELECT' AND x.grantee <> c.relowner
        """;
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, view);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          readers.add(row.getString(1));
        }
      }
    }
    return readers;
  }

  /** The type that PostgreSQL shows so. */
  static SqlType type(String shown) {
    String name = shown.equals("timestamp with time zone") ? SqlType.TIMESTAMPTZ.sql() : shown;
    return Arrays.stream(SqlType.values())
        .filter(type -> type.sql().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("what readers see has a column of type " + shown));
  }
}
