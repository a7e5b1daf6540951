package io.kappa.local.data;

import java.io.IOException;

/** CSV: an entry a row, made by a mapping. */
final class MappedRows implements Entries {

  private final CsvRows rows;
  private final Mapping mapping;

  private MappedRows(CsvRows rows, Mapping mapping) {
    this.rows = rows;
    this.mapping = mapping;
  }

  /**
   * @throws DataException if the file has no header, or not the columns that the mapping needs
   */
  static MappedRows open(InputFile file, Mapping mapping) throws IOException {
    CsvRows rows = CsvRows.open(file, mapping.form());
    mapping.checkColumns(file.path(), rows.columns());
    return new MappedRows(rows, mapping);
  }

  @Override
  public Entry next() throws IOException {
    try {
      CsvRow row = rows.next();
      return row == null ? null : new Entry.Value(row.line(), mapping.toJson(row));
    } catch (BadRow e) {
      return new Entry.Bad(rows.line(), e.getMessage());
    }
  }
}
