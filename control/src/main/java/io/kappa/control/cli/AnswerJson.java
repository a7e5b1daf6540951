package io.kappa.control.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import io.kappa.control.catalogue.ReaderQuery.Column;
import io.kappa.control.catalogue.ReaderQuery.Kind;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** An answer as a JSON array, an object a row. */
final class AnswerJson implements PrintedAnswer {

  // PostgreSQL's numbers may be NaN or Infinity, which JSON has no number for.
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");

  private final PrintWriter out;
  private final JsonGenerator json;
  private List<Column> columns = List.of();
  private long rows;

  AnswerJson(PrintWriter out) {
    this.out = out;
    try {
      this.json =
          new JsonFactory()
              .createGenerator(out)
              .disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM)
              .setRootValueSeparator(new SerializedString(""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void columns(List<Column> names) {
    columns = names;
  }

  @Override
  public void row(List<Optional<String>> values) {
    try {
      out.print(rows++ == 0 ? "[\n" : ",\n");
      json.writeStartObject();
      for (int i = 0; i < columns.size(); i++) {
        json.writeFieldName(columns.get(i).name());
        write(columns.get(i).kind(), values.get(i));
      }
      json.writeEndObject();
      json.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void end() {
    out.println(rows == 0 ? "[ ]" : "\n]");
  }

  private void write(Kind kind, Optional<String> value) throws IOException {
    if (value.isEmpty()) {
      json.writeNull();
      return;
    }
    String text = value.get();
    switch (kind) {
      case BOOLEAN -> json.writeBoolean(text.equals("t"));
      case JSON -> json.writeRawValue(text);
      case NUMBER -> {
        if (NUMBER.matcher(text).matches()) {
          json.writeRawValue(text);
        } else {
          json.writeString(text);
        }
      }
      case TEXT -> json.writeString(text);
    }
  }
}
