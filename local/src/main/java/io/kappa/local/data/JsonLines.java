package io.kappa.local.data;

import io.kappa.common.event.serde.EventDecoder;
import io.kappa.local.data.BoundedLines.Line;
import java.io.IOException;

/** NDJSON: an entry a line, blank lines left out. */
final class JsonLines implements Entries {

  private final BoundedLines lines;

  private JsonLines(BoundedLines lines) {
    this.lines = lines;
  }

  /**
   * @throws DataException if the file's name says that it is CSV
   */
  static JsonLines open(InputFile file) {
    String name = file.path().getFileName().toString();
    if (name.endsWith(".csv") || name.endsWith(".csv.gz")) {
      throw new DataException(
          "%s: a CSV without a mapping".formatted(file.path()),
          "Name a mapping that is shipped (%s) or the path of your own"
              .formatted(String.join(", ", Mapping.shipped())));
    }
    return new JsonLines(new BoundedLines(file.content(), EventDecoder.MAX_BYTES));
  }

  @Override
  public Entry next() throws IOException {
    Line line = lines.next();
    while (line != null && line.isBlank()) {
      line = lines.next();
    }
    if (line == null) {
      return null;
    }
    return line.isTooLong()
        ? new Entry.Bad(
            line.number(), "a line of more than %d bytes".formatted(EventDecoder.MAX_BYTES))
        : new Entry.Value(line.number(), line.bytes());
  }
}
