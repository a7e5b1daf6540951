package io.kappa.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Says how far a benchmark is, and leaves what it found. A mixin of its command. */
public final class Report {

  @Option(names = "--page", description = "The page to write; without it, it's only printed.")
  private Optional<Path> page = Optional.empty();

  @Option(names = "--results", description = "The directory for the figures as JSON.")
  private Optional<Path> results = Optional.empty();

  private final long begun = System.nanoTime();
  private final Machine machine = Machine.here();
  private final LocalDate date = LocalDate.now(ZoneOffset.UTC);

  /** The machine as it was before anything was measured. */
  public Machine machine() {
    return machine;
  }

  /** The day. */
  public LocalDate date() {
    return date;
  }

  /** Says a line, with the seconds since it began. */
  public void say(String line) {
    long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
    System.err.println(Text.format("%3d s  %s", seconds, line));
  }

  /**
   * Says that something failed.
   *
   * @param home the checkout, which nobody else's page should name
   * @return the line for the page
   */
  public String miss(String name, BenchmarkException why, Path home) {
    say(name + " failed: " + why.getMessage());
    return (name + ": " + why.getMessage())
        .replace(home.toAbsolutePath().normalize() + "/", "")
        .replaceAll("\\s+", " ");
  }

  /**
   * Writes an image beside the page, if one is written.
   *
   * @param ending of its name, which begins as the page's does
   */
  public void image(String ending, String svg) throws IOException {
    if (page.isPresent()) {
      Files.writeString(page.get().resolveSibling(imageName(page.get(), ending)), svg);
    }
  }

  /** How a page refers to an image; empty where there is no page. */
  public Optional<String> imageName(String ending) {
    return page.map(path -> imageName(path, ending));
  }

  private static String imageName(Path page, String ending) {
    return page.getFileName().toString().replaceFirst("\\.md$", "") + ending;
  }

  /**
   * Prints the page, and writes page and figures where they are wanted.
   *
   * @param name how the file of figures begins
   */
  public void write(String text, String name, Map<String, ?> figures) throws IOException {
    System.out.print(text);
    keep(text, name, figures);
  }

  /** The same without printing it: for what takes long, and may not come to its end. */
  public void keep(String text, String name, Map<String, ?> figures) throws IOException {
    if (page.isPresent()) {
      Files.writeString(page.get(), text);
    }
    if (results.isPresent()) {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("date", date.toString());
      all.put("machine", machine);
      all.putAll(figures);
      Files.createDirectories(results.get());
      Files.writeString(
          results.get().resolve("%s-%s.json".formatted(name, date)),
          new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n");
    }
  }
}
