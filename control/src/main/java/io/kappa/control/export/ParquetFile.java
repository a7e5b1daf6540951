package io.kappa.control.export;

import io.kappa.common.table.TableShape;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * A table as Parquet. Written with the parts of Parquet's Java library that need nothing of Hadoop:
 * its {@code ParquetWriter} doesn't even load without Hadoop's classes.
 */
final class ParquetFile implements TableFile {

  /** Readers take a row group at a time; larger ones would fill a command's small heap. */
  private static final long ROW_GROUP_BYTES = 32L << 20;

  private static final long LOOK_EVERY_BYTES = 256L << 10;
  private static final int NO_PADDING = 0;

  private final List<ParquetColumn> columns;
  private final MessageType schema;
  private final long rowGroupBytes;
  private final ParquetProperties properties = ParquetProperties.builder().build();
  private final ParquetFileWriter file;
  private Optional<RowGroup> open = Optional.empty();
  private long unseenBytes;
  private boolean finished;

  ParquetFile(TableShape table, OutputStream out) throws IOException {
    this(table, out, ROW_GROUP_BYTES);
  }

  /**
   * @param rowGroupBytes a row group ends when it takes so much memory
   */
  ParquetFile(TableShape table, OutputStream out, long rowGroupBytes) throws IOException {
    this.columns = table.columns().stream().map(ParquetColumn::of).toList();
    List<Type> types = columns.stream().map(ParquetColumn::inFile).toList();
    this.schema = new MessageType(table.name(), types);
    this.rowGroupBytes = rowGroupBytes;
    this.file =
        new ParquetFileWriter(
            new CountedOutput(out),
            schema,
            ParquetFileWriter.Mode.CREATE,
            rowGroupBytes,
            NO_PADDING,
            properties.getColumnIndexTruncateLength(),
            properties.getStatisticsTruncateLength(),
            properties.getPageWriteChecksumEnabled());
    file.start();
  }

  @Override
  public void row(List<Optional<String>> values) throws IOException {
    if (open.isEmpty()) {
      open = Optional.of(new RowGroup(columns, schema, properties));
    }
    RowGroup group = open.get();
    group.add(values);
    unseenBytes += bytes(values);
    if (unseenBytes >= Math.min(LOOK_EVERY_BYTES, rowGroupBytes)) {
      unseenBytes = 0;
      if (group.bytes() >= rowGroupBytes) {
        endGroup(group);
      }
    }
  }

  @Override
  public void finish() throws IOException {
    if (open.isPresent()) {
      endGroup(open.get());
    }
    file.end(Map.of());
    finished = true;
  }

  /** Leaves a file that isn't finished as it is. */
  @Override
  public void close() throws IOException {
    open.ifPresent(RowGroup::close);
    if (!finished) {
      file.abort();
    }
    file.close();
  }

  private void endGroup(RowGroup group) throws IOException {
    group.writeTo(file);
    group.close();
    open = Optional.empty();
  }

  private static long bytes(List<Optional<String>> values) {
    long bytes = 0;
    for (Optional<String> value : values) {
      bytes += value.isPresent() ? value.get().length() : 1;
    }
    return bytes;
  }
}
