package io.kappa.common.sink;

import io.kappa.common.table.Column;
import io.kappa.common.table.Table;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Rows in the binary form of PostgreSQL's COPY, without its header and trailer, so that pieces can
 * be put one behind the other. Behind a table's columns each row says who made it, its number, the
 * last checkpoint before it, and whether it is a delete.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY, binary format</a>
 */
final class CopyTuples<R> {

  /** What stands before the first tuple. */
  static final byte[] HEADER = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };

  /** What stands behind the last tuple. */
  static final byte[] TRAILER = {(byte) 0xff, (byte) 0xff};

  private static final int OWN_COLUMNS = 4;
  private static final long POSTGRES_EPOCH_MS = 946_684_800_000L;
  private static final long POSTGRES_EPOCH_DAYS = 10_957L;

  private final List<Column<R>> columns;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 12);
  private final DataOutputStream out = new DataOutputStream(bytes);

  CopyTuples(Table<R> table) {
    this.columns = table.columns();
  }

  void add(R row, long owner, long number, long after, boolean deleted) {
    try {
      out.writeShort(columns.size() + OWN_COLUMNS);
      for (Column<R> column : columns) {
        write(column, row);
      }
      out.writeInt(Long.BYTES);
      out.writeLong(owner);
      out.writeInt(Long.BYTES);
      out.writeLong(number);
      out.writeInt(Long.BYTES);
      out.writeLong(after);
      out.writeInt(1);
      out.writeByte(deleted ? 1 : 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int size() {
    return bytes.size();
  }

  byte[] take() {
    byte[] taken = bytes.toByteArray();
    bytes.reset();
    return taken;
  }

  private void write(Column<R> column, R row) throws IOException {
    Object value = column.value().apply(row);
    if (value == null) {
      out.writeInt(-1);
      return;
    }
    switch (column.type()) {
      case TEXT -> text((String) value, false);
      case JSONB -> text((String) value, true);
      case BYTEA -> raw((byte[]) value);
      case BIGINT -> whole((Long) value);
      case TIMESTAMPTZ -> whole(Math.multiplyExact((Long) value - POSTGRES_EPOCH_MS, 1000L));
      case INTEGER -> small((Integer) value);
      case DATE -> small(Math.toIntExact((Long) value - POSTGRES_EPOCH_DAYS));
      case DOUBLE -> {
        out.writeInt(Double.BYTES);
        out.writeDouble((Double) value);
      }
      case BOOLEAN -> {
        out.writeInt(1);
        out.writeByte((Boolean) value ? 1 : 0);
      }
    }
  }

  private void text(String value, boolean json) throws IOException {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length + (json ? 1 : 0));
    if (json) {
      out.writeByte(1);
    }
    out.write(utf8);
  }

  private void raw(byte[] value) throws IOException {
    out.writeInt(value.length);
    out.write(value);
  }

  private void whole(long value) throws IOException {
    out.writeInt(Long.BYTES);
    out.writeLong(value);
  }

  private void small(int value) throws IOException {
    out.writeInt(Integer.BYTES);
    out.writeInt(value);
  }
}
