package io.kappa.control.export;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;

/** Rows that are kept in memory, column by column, until they go into the file together. */
final class RowGroup implements Closeable {

  private final List<ParquetColumn> columns;
  private final ColumnChunkPageWriteStore pages;
  private final ColumnWriteStore store;
  private final RecordConsumer row;
  private long rows;

  RowGroup(List<ParquetColumn> columns, MessageType schema, ParquetProperties properties) {
    this.columns = columns;
    ZstdPages compressor = new ZstdPages();
    this.pages =
        ColumnChunkPageWriteStore.builder()
            .withCompressorProvider(column -> compressor)
            .withSchema(schema)
            .withAllocator(properties.getAllocator())
            .withColumnIndexTruncateLength(properties.getColumnIndexTruncateLength())
            .withPageWriteChecksumEnabled(properties.getPageWriteChecksumEnabled())
            .build();
    this.store = properties.newColumnWriteStore(schema, pages, pages);
    this.row = new ColumnIOFactory(false).getColumnIO(schema).getRecordWriter(store);
  }

  void add(List<Optional<String>> values) {
    row.startMessage();
    for (int i = 0; i < columns.size(); i++) {
      if (values.get(i).isPresent()) {
        ParquetColumn column = columns.get(i);
        row.startField(column.name(), i);
        column.add(row, values.get(i).get());
        row.endField(column.name(), i);
      }
    }
    row.endMessage();
    rows++;
  }

  /** How much memory it takes. */
  long bytes() {
    return store.getBufferedSize();
  }

  void writeTo(ParquetFileWriter file) throws IOException {
    row.flush();
    file.startBlock(rows);
    store.flush();
    pages.flushToFileWriter(file);
    file.endBlock();
  }

  @Override
  public void close() {
    store.close();
    pages.close();
  }
}
