package io.kappa.savepoints.golden;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * A golden savepoint where it lies: the savepoint itself, the records that come after it, and the
 * rows that they change.
 *
 * @param directory {@code golden/<job>/<release>-flink<release>}
 */
record GoldenFiles(Path directory) {

  static final Path ROOT = Path.of("golden").toAbsolutePath();

  private static final String RECORDS = "then.ndjson";
  private static final String ROWS = "rows.json";
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** All that there are, by job and age. */
  static List<GoldenFiles> all() {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.endsWith(RECORDS))
          .map(file -> new GoldenFiles(file.getParent()))
          .sorted(
              Comparator.comparing(GoldenFiles::job)
                  .thenComparing(golden -> Release.of(golden.release())))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The newest one of a job. */
  static Optional<GoldenFiles> newest(String job) {
    return all().stream()
        .filter(golden -> golden.job().equals(job))
        .reduce((older, newer) -> newer);
  }

  String job() {
    return directory.getParent().getFileName().toString();
  }

  String release() {
    return directory.getFileName().toString();
  }

  /** Where the savepoint is. */
  Path savepoint() {
    return directory.resolve("savepoint");
  }

  GoldenLog then() throws IOException {
    return GoldenLog.read(directory.resolve(RECORDS));
  }

  SortedMap<String, SortedMap<String, String>> rows() throws IOException {
    return MAPPER.readValue(directory.resolve(ROWS).toFile(), new TypeReference<>() {});
  }

  void write(Path savepoint, GoldenLog then, SortedMap<String, SortedMap<String, String>> rows)
      throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> old = Files.walk(directory)) {
        for (Path each : old.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
    Files.createDirectories(savepoint());
    try (Stream<Path> files = Files.list(savepoint)) {
      for (Path each : files.toList()) {
        Files.copy(each, savepoint().resolve(each.getFileName()));
      }
    }
    then.write(directory.resolve(RECORDS));
    MAPPER.writeValue(directory.resolve(ROWS).toFile(), rows);
  }

  @Override
  public String toString() {
    return job() + " " + release();
  }

  /** A release's numbers, so that 0.10 comes after 0.9. */
  private record Release(List<Integer> numbers) implements Comparable<Release> {

    static Release of(String text) {
      return new Release(
          Stream.of(text.split("\\D+"))
              .filter(each -> !each.isEmpty())
              .map(Integer::valueOf)
              .toList());
    }

    @Override
    public int compareTo(Release other) {
      for (int i = 0; i < Math.min(numbers.size(), other.numbers.size()); i++) {
        int order = numbers.get(i).compareTo(other.numbers.get(i));
        if (order != 0) {
          return order;
        }
      }
      return Integer.compare(numbers.size(), other.numbers.size());
    }
  }
}
