package io.kappa.control.catalogue;

import io.kappa.common.table.Identifier;
import io.kappa.common.table.TableShape;
import io.kappa.control.Refusal;
import io.kappa.control.version.Frontier;
import io.kappa.control.version.Version;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The version that readers see, at one moment. */
public final class LiveVersion {

  private final Connection connection;
  private final String url;
  private final Entry entry;
  private final List<TableShape> tables;

  LiveVersion(Connection connection, String url, Entry entry, List<TableShape> tables) {
    this.connection = connection;
    this.url = url;
    this.entry = entry;
    this.tables = List.copyOf(tables);
  }

  /** What it is. */
  public Version version() {
    return entry.version();
  }

  /** Where in the log it stands: its rows are those of the log before. */
  public Frontier frontier() {
    return entry.ledger().frontier();
  }

  /** Its tables that readers may query, by name. */
  public List<TableShape> tables() {
    return tables;
  }

  /**
   * The rows of one of its tables.
   *
   * @throws Refusal if PostgreSQL can't be reached or refuses, or the table has no key yet
   */
  public TableRows rows(TableShape table) {
    if (table.key().isEmpty()) {
      throw new Refusal(
          "Table %s of %s has no primary key yet: it's being filled"
              .formatted(table.name(), version().name()),
          "./kappa wait %s waits until it's there".formatted(version().name().job()));
    }
    Identifier schema = new Identifier(version().name().schema());
    try {
      return TableRows.of(connection, url, schema, table);
    } catch (SQLException e) {
      throw StoreTrouble.refusal(url, e);
    }
  }
}
