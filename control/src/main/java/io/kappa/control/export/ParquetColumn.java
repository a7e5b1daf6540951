package io.kappa.control.export;

import io.kappa.common.table.SqlType;
import io.kappa.common.table.TableShape.ColumnShape;
import java.util.HexFormat;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** How a column of a table is kept in a Parquet file. */
record ParquetColumn(String name, SqlType type, Type inFile) {

  private static final boolean UTC = true;

  static ParquetColumn of(ColumnShape column) {
    Repetition repetition = column.key() ? Repetition.REQUIRED : Repetition.OPTIONAL;
    Type inFile = typed(column.type(), repetition).named(column.name());
    return new ParquetColumn(column.name(), column.type(), inFile);
  }

  private static Types.PrimitiveBuilder<PrimitiveType> typed(SqlType type, Repetition repetition) {
    return switch (type) {
      case TEXT -> binary(repetition).as(LogicalTypeAnnotation.stringType());
      case JSONB -> binary(repetition).as(LogicalTypeAnnotation.jsonType());
      case BYTEA -> binary(repetition);
      case BIGINT -> Types.primitive(PrimitiveTypeName.INT64, repetition);
      case INTEGER -> Types.primitive(PrimitiveTypeName.INT32, repetition);
      case BOOLEAN -> Types.primitive(PrimitiveTypeName.BOOLEAN, repetition);
      case DOUBLE -> Types.primitive(PrimitiveTypeName.DOUBLE, repetition);
      case TIMESTAMPTZ ->
          Types.primitive(PrimitiveTypeName.INT64, repetition)
              .as(LogicalTypeAnnotation.timestampType(UTC, TimeUnit.MICROS));
      case DATE ->
          Types.primitive(PrimitiveTypeName.INT32, repetition).as(LogicalTypeAnnotation.dateType());
    };
  }

  private static Types.PrimitiveBuilder<PrimitiveType> binary(Repetition repetition) {
    return Types.primitive(PrimitiveTypeName.BINARY, repetition);
  }

  /** Adds a value, as {@link io.kappa.control.catalogue.TableRows} hands it over. */
  void add(RecordConsumer row, String value) {
    switch (type) {
      case TEXT, JSONB -> row.addBinary(Binary.fromString(value));
      case BYTEA -> row.addBinary(Binary.fromConstantByteArray(HexFormat.of().parseHex(value)));
      case BIGINT, TIMESTAMPTZ -> row.addLong(Long.parseLong(value));
      case INTEGER, DATE -> row.addInteger(Integer.parseInt(value));
      case BOOLEAN -> row.addBoolean(value.equals("t"));
      case DOUBLE -> row.addDouble(Double.parseDouble(value));
    }
  }
}
