package io.kappa.local.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

class CsvRowsTest {

  private static final String QUOTES =
      "a quote that isn't closed, or text right after a closed one";

  @Provide
  Arbitrary<List<List<String>>> tables() {
    return Arbitraries.strings()
        .withChars("ab\",;\n \u00e9")
        .ofMaxLength(6)
        .list()
        .ofSize(3)
        .list()
        .ofMaxSize(8);
  }

  @Property(tries = 300)
  void rowsReadAsTheyWereWritten(@ForAll("tables") List<List<String>> table) throws IOException {
    StringBuilder text = new StringBuilder("x,y,z\n");
    CSVFormat format = CSVFormat.RFC4180.builder().setRecordSeparator("\n").get();
    try (CSVPrinter printer = new CSVPrinter(text, format)) {
      printer.printRecords(table);
    }

    assertThat(read(text.toString()))
        .isEqualTo(table.stream().map(row -> String.join("|", row)).toList());
  }

  @Example
  void aQuoteThatStaysOpenCostsItsOwnLineOnly() throws IOException {
    assertThat(read("x,y,z\n1,\"2,3\n4,5,6\n7,8,9\n"))
        .containsExactly("2: " + QUOTES, "4|5|6", "7|8|9");
  }

  @Example
  void aQuoteWithinUnquotedTextIsText() throws IOException {
    assertThat(read("x,y,z\n1,7\" plate,3\n4,5,6\n")).containsExactly("1|7\" plate|3", "4|5|6");
  }

  @Example
  void twoStrayQuotesDoNotSwallowTheLinesBetweenThem() throws IOException {
    assertThat(read("x,y,z\n1,\"2,3\n4,5,6\n7,\"8,9\n"))
        .containsExactly("2: " + QUOTES, "4|5|6", "4: " + QUOTES);
  }

  @Example
  void aQuoteThatStaysOpenOverMegabytesCostsItsOwnLineOnly() throws IOException {
    List<String> rows = read("x,y,z\n1,\"2,3\n" + "4,5,6\n".repeat(400_000));
    assertThat(rows).hasSize(400_001);
    assertThat(rows.subList(0, 2)).containsExactly("2: " + QUOTES, "4|5|6");
    assertThat(rows.get(400_000)).isEqualTo("4|5|6");
  }

  @Example
  void bytesThatAreNoTextMakeABadRow() throws IOException {
    assertThat(read("x,y,z\n1,\u00e9,3\n4,5,6\n".getBytes(StandardCharsets.ISO_8859_1)))
        .containsExactly("2: bytes that are no text in UTF-8", "4|5|6");
  }

  private static List<String> read(String text) throws IOException {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> read(byte[] content) throws IOException {
    Path file = Files.createTempFile("rows", ".csv");
    try {
      Files.write(file, content);
      try (InputFile in = InputFile.open(file)) {
        return read(CsvRows.open(in, CsvForm.STANDARD));
      }
    } finally {
      Files.delete(file);
    }
  }

  private static List<String> read(CsvRows rows) throws IOException {
    List<String> found = new ArrayList<>();
    while (true) {
      try {
        CsvRow row = rows.next();
        if (row == null) {
          return found;
        }
        found.add(String.join("|", row.values()));
      } catch (BadRow e) {
        found.add(rows.line() + ": " + e.getMessage());
      }
    }
  }
}
