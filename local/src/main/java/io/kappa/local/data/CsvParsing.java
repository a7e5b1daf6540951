package io.kappa.local.data;

import io.kappa.local.data.BoundedLines.Line;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.util.Collection;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Takes the values out of the lines of one row. */
final class CsvParsing {

  private final CSVFormat format;
  private final CharsetDecoder decoder;
  private final String charset;

  CsvParsing(CsvForm form) {
    this.format = CSVFormat.RFC4180.builder().setDelimiter(form.delimiter()).get();
    this.decoder = form.charset().newDecoder();
    this.charset = form.charset().name();
  }

  /**
   * @throws BadRow if the lines aren't one row
   */
  List<String> values(Collection<Line> lines) throws BadRow {
    StringBuilder text = new StringBuilder();
    for (Line line : lines) {
      text.append(text.isEmpty() ? "" : "\n").append(decoded(line));
    }
    try (CSVParser parser = CSVParser.parse(text.toString(), format)) {
      List<CSVRecord> rows = parser.getRecords();
      if (rows.size() != 1) {
        throw new BadRow("%d rows where one was wanted".formatted(rows.size()));
      }
      return rows.get(0).toList();
    } catch (IOException | UncheckedIOException e) {
      throw new BadRow("a quote that isn't closed, or text right after a closed one");
    }
  }

  private CharSequence decoded(Line line) throws BadRow {
    try {
      return decoder.decode(ByteBuffer.wrap(line.bytes()));
    } catch (CharacterCodingException e) {
      throw new BadRow("bytes that are no text in " + charset);
    }
  }
}
