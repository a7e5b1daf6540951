package io.kappa.control.cli;

import io.kappa.local.data.GeneratorSettings;
import io.kappa.local.data.GeneratorSettings.Shares;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options for a generated world: when, how many live in it, and what is wrong with its records. */
final class WorldOptions {

  @Option(names = "--seed", paramLabel = "S", description = "Another seed makes other events.")
  private long seed = 1;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "Event time of the first one, such as 2026-01-01T00:00:00Z.")
  private Optional<Instant> from = Optional.empty();

  @Option(
      names = "--span",
      paramLabel = "TIME",
      converter = Span.class,
      description = "How much event time they fill: 60d, 12h, 30m (default: 60d).")
  private Optional<Duration> span = Optional.empty();

  @Option(names = "--users", paramLabel = "N", description = "How many users there are (50,000).")
  private int users = 50_000;

  @Option(names = "--items", paramLabel = "N", description = "How many items there are (5,000).")
  private int items = 5_000;

  @Option(
      names = "--label-delay",
      paramLabel = "TIME",
      converter = Span.class,
      description =
          "How long after its transaction a label comes at most; a 7th of it at least (default: 7d; with --rate 7m).")
  private Optional<Duration> latestLabel = Optional.empty();

  @Option(
      names = "--late",
      paramLabel = "SHARE",
      description = "Which part of the events is late by more than a day (default: 0.001).")
  private double late = Shares.NORMAL.late();

  @Option(
      names = "--duplicates",
      paramLabel = "SHARE",
      description = "Which part of the records are copies of others (default: 0.005).")
  private double duplicates = Shares.NORMAL.duplicates();

  @Option(
      names = "--broken",
      paramLabel = "SHARE",
      description = "Which part of the records is no event (default: 0.0005).")
  private double broken = Shares.NORMAL.broken();

  Optional<Instant> from() {
    return from;
  }

  Optional<Duration> span() {
    return span;
  }

  Optional<Duration> latestLabel() {
    return latestLabel;
  }

  /** What holds for all topics, from {@code --from} on. */
  GeneratorSettings common() {
    GeneratorSettings settings =
        GeneratorSettings.standard(seed)
            .withPopulation(users, items)
            .withShares(Shares.NORMAL.with(late, duplicates, broken));
    return from.isPresent() ? settings.from(from.get().toEpochMilli()) : settings;
  }

  /** A length of event time, as people write it. */
  static final class Span implements ITypeConverter<Duration> {

    private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,4})(s|m|h|d)");

    @Override
    public Duration convert(String text) {
      Matcher matcher = FORM.matcher(text);
      if (!matcher.matches()) {
        throw new TypeConversionException(
            "'%s'; allowed is a number with s, m, h or d behind it, such as 60d".formatted(text));
      }
      long number = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "s" -> Duration.ofSeconds(number);
        case "m" -> Duration.ofMinutes(number);
        case "h" -> Duration.ofHours(number);
        default -> Duration.ofDays(number);
      };
    }
  }
}
