package io.kappa.common.log;

import io.kappa.common.table.Column;
import io.kappa.common.table.Table;

/**
 * A record that could not be used: where it was, why, and its bytes.
 *
 * @param recordedAt the broker timestamp, milliseconds since the epoch
 * @param size the size of the whole value in bytes
 * @param bytes the beginning of the value; {@code null} if there was none
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared as a record.
public record QuarantinedRecord(
    String topic,
    int partition,
    long offset,
    String reason,
    String detail,
    long recordedAt,
    int size,
    byte[] bytes) {

  /** The table that every version has for them. */
  public static final Table<QuarantinedRecord> TABLE =
      Table.named(
              "quarantine",
              QuarantinedRecord.class,
              "Every record that could not be used: where it was, why, its bytes")
          .key(Column.text("topic", QuarantinedRecord::topic, "Topic of the record"))
          .key(Column.integer("partition", QuarantinedRecord::partition, "Partition of the record"))
          .key(Column.bigint("record_offset", QuarantinedRecord::offset, "Offset of the record"))
          .column(
              Column.text(
                  "reason",
                  QuarantinedRecord::reason,
                  "late, future, invalid (for this job), or why the bytes are no event"))
          .column(Column.text("detail", QuarantinedRecord::detail, "What exactly is wrong"))
          .column(
              Column.timestamp(
                  "recorded_at", QuarantinedRecord::recordedAt, "Broker timestamp of the record"))
          .column(Column.integer("size", QuarantinedRecord::size, "Size of the value in bytes"))
          .column(
              Column.bytes(
                  "bytes",
                  QuarantinedRecord::bytes,
                  "The value, or its first " + LogRecord.MOST_BYTES + " bytes"))
          .build();
}
