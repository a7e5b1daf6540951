package io.kappa.control.export;

import static io.kappa.control.export.EveryType.ROWS;
import static io.kappa.control.export.EveryType.TABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.common.table.SqlType;
import io.kappa.common.table.TableShape;
import io.kappa.common.table.TableShape.ColumnShape;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetFileTest {

  private static final long SMALL = 128 << 10;

  private static final TableShape NUMBERS =
      new TableShape(
          "numbers",
          "numbers",
          List.of(
              new ColumnShape("n", SqlType.BIGINT, true, "a number"),
              new ColumnShape("words", SqlType.TEXT, false, "its words")));

  @TempDir private Path directory;

  private Path write(
      String name, TableShape table, long rowGroup, List<List<Optional<String>>> rows)
      throws IOException {
    Path path = directory.resolve(name);
    try (OutputStream out = Files.newOutputStream(path);
        ParquetFile file = new ParquetFile(table, out, rowGroup)) {
      for (List<Optional<String>> row : rows) {
        file.row(row);
      }
      file.finish();
    }
    return path;
  }

  private static List<Object> nulls(Object... keyed) {
    List<Object> row = new ArrayList<>(Arrays.asList(keyed));
    TABLE.values().forEach(column -> row.add("NULL of " + column.type()));
    return row;
  }

  @Test
  void everyValueOfEveryTypeComesBack() throws Exception {
    Path path = write("all.parquet", TABLE, SMALL, ROWS);

    assertThat(DuckDb.rows(path, TABLE))
        .containsExactly(
            List.of("", 0, "", 0L, 0, false, 0.0, Instant.EPOCH, LocalDate.EPOCH, "", "{}"),
            nulls("a", 1),
            List.of(
                "a",
                2,
                "comma, \"quote\"\r\nline\ttab",
                Long.MAX_VALUE,
                Integer.MAX_VALUE,
                true,
                Double.MAX_VALUE,
                Instant.parse("2026-07-01T00:00:00.123456Z"),
                LocalDate.parse("2026-07-01"),
                "00ff0a22",
                "{\"a\": [1, null, \"ü\"]}"),
            List.of(
                "b",
                -1,
                "żółw 日本語 🐢 e\u0301",
                Long.MIN_VALUE,
                Integer.MIN_VALUE,
                false,
                -0.1,
                Instant.parse("1969-12-31T23:59:59.999999Z"),
                LocalDate.parse("1969-12-31"),
                "f09f90a2",
                "null"),
            List.of(
                "c",
                0,
                "NULL",
                -1L,
                1,
                true,
                Double.NaN,
                Instant.parse("1970-01-01T00:00:00.000001Z"),
                LocalDate.parse("1970-01-02"),
                "00",
                "\"x\""),
            List.of(
                "d",
                0,
                " ",
                1L,
                1,
                true,
                Double.NEGATIVE_INFINITY,
                Instant.parse("0001-01-01T00:00:00Z"),
                LocalDate.parse("0001-01-01"),
                "20",
                "0"),
            List.of(
                "🐢",
                0,
                "'",
                1L,
                1,
                true,
                Double.MIN_VALUE,
                Instant.parse("1970-01-01T00:00:01Z"),
                LocalDate.parse("9999-12-31"),
                "2c",
                "[]"));
  }

  @Test
  void anEmptyTableHasItsColumnsAndTheirTypes() throws Exception {
    Path path = write("empty.parquet", TABLE, SMALL, List.of());

    assertThat(DuckDb.rows(path, TABLE)).isEmpty();
    assertThat(DuckDb.columns(path))
        .containsExactly(
            "id VARCHAR",
            "part INTEGER",
            "words VARCHAR",
            "n BIGINT",
            "small INTEGER",
            "yes BOOLEAN",
            "ratio DOUBLE",
            "seen_at TIMESTAMP WITH TIME ZONE",
            "day DATE",
            "raw BLOB",
            "about JSON");
  }

  @Test
  void manyRowsComeBackFromSeveralRowGroups() throws Exception {
    List<List<Optional<String>>> rows = new ArrayList<>();
    List<List<Object>> expected = new ArrayList<>();
    for (long n = 0; n < 150_000; n++) {
      String words = n % 7 == 0 ? null : "number " + n * 31;
      rows.add(List.of(Optional.of(Long.toString(n)), Optional.ofNullable(words)));
      expected.add(List.of(n, words == null ? "NULL of TEXT" : words));
    }

    Path path = write("many.parquet", NUMBERS, SMALL, rows);

    assertThat(DuckDb.rows(path, NUMBERS)).isEqualTo(expected);
    List<Long> groups = DuckDb.rowGroups(path);
    assertThat(groups).hasSizeGreaterThan(2).allMatch(group -> group > 0);
    assertThat(groups.stream().mapToLong(group -> group).sum()).isEqualTo(150_000);
  }

  @Test
  void theSameRowsGiveTheSameBytes() throws Exception {
    Path one = write("one.parquet", TABLE, SMALL, ROWS);
    Path other = write("other.parquet", TABLE, SMALL, ROWS);

    assertThat(other).hasSameBinaryContentAs(one);
  }
}
