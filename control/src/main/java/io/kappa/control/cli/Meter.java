package io.kappa.control.cli;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/**
 * Shows how far long work has come, with rate and time left: one line drawn again on a terminal, a
 * line now and then elsewhere.
 */
final class Meter implements AutoCloseable {

  private static final int BAR = 24;
  private static final long BETWEEN_DRAWS = Duration.ofMillis(200).toNanos();
  private static final long BETWEEN_LINES = Duration.ofSeconds(5).toNanos();
  private static final long RATE_OVER = Duration.ofSeconds(10).toNanos();

  /** How far the work was at a moment. */
  private record Sample(long nanos, long done, long records) {}

  private final Terminal terminal;
  private final String what;
  private final LongSupplier clock;
  private final Deque<Sample> samples = new ArrayDeque<>();
  private long lastShown;
  private String place = "";
  private String shown = "";
  private boolean lineIsOpen;

  /**
   * @param clock nanoseconds since some moment
   */
  Meter(Terminal terminal, String what, LongSupplier clock) {
    this.terminal = terminal;
    this.what = what;
    this.clock = clock;
    this.lastShown = clock.getAsLong();
  }

  /**
   * Tells how far the work is.
   *
   * @param done of {@code total}, in whatever unit
   * @param total 0 if it isn't known
   * @param records what is counted for the rate
   */
  void at(long done, long total, long records) {
    Sample now = new Sample(clock.getAsLong(), done, records);
    samples.addLast(now);
    while (samples.size() > 2 && now.nanos() - samples.peekFirst().nanos() > RATE_OVER) {
      samples.removeFirst();
    }
    place = place(now, total);
    long pause = terminal.isInteractive() ? BETWEEN_DRAWS : BETWEEN_LINES;
    if (now.nanos() - lastShown >= pause) {
      lastShown = now.nanos();
      show(left(now, total));
    }
  }

  /** Says something above the line. */
  void note(String text) {
    if (lineIsOpen) {
      terminal.err().print("\r\033[K");
      lineIsOpen = false;
    }
    terminal.note(text);
  }

  /** Shows where the work has ended; no time is left then. */
  @Override
  public void close() {
    if (lineIsOpen || !place.equals(shown)) {
      show("");
    }
    if (lineIsOpen) {
      terminal.note("");
    }
  }

  private void show(String left) {
    String line = place + left;
    shown = place;
    if (terminal.isInteractive()) {
      terminal.err().print("\r\033[K" + line);
      terminal.err().flush();
      lineIsOpen = true;
    } else {
      terminal.note(line);
    }
  }

  private String place(Sample now, long total) {
    StringBuilder text = new StringBuilder(what);
    if (total > 0) {
      text.append(bar(now.done(), total));
      text.append(
          String.format(Locale.ROOT, "  %3d %%", 100 * Math.min(now.done(), total) / total));
    }
    text.append(String.format(Locale.ROOT, "  %,d records", now.records()));
    Sample first = samples.getFirst();
    rate(first.records(), now.records(), now.nanos() - first.nanos())
        .ifPresent(rate -> text.append(String.format(Locale.ROOT, "  %,.0f/s", rate)));
    return text.toString();
  }

  private String left(Sample now, long total) {
    Sample first = samples.getFirst();
    OptionalDouble rate = rate(first.done(), now.done(), now.nanos() - first.nanos());
    return rate.isPresent() ? left(total - now.done(), rate.getAsDouble()) : "";
  }

  private String bar(long done, long total) {
    if (!terminal.isInteractive()) {
      return "";
    }
    int full = (int) (BAR * Math.min(done, total) / total);
    return "  [" + "#".repeat(full) + "-".repeat(BAR - full) + "]";
  }

  private static OptionalDouble rate(long from, long to, long nanos) {
    return nanos <= 0 || to < from
        ? OptionalDouble.empty()
        : OptionalDouble.of((to - from) * 1e9 / nanos);
  }

  private static String left(long rest, double rate) {
    if (rest <= 0 || rate <= 0) {
      return "";
    }
    long seconds = Math.round(rest / rate);
    return seconds < 120
        ? "  %d s left".formatted(seconds)
        : "  %d min left".formatted((seconds + 59) / 60);
  }
}
