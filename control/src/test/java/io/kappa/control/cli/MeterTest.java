package io.kappa.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MeterTest {

  private final StringWriter err = new StringWriter();
  private final AtomicLong clock = new AtomicLong();

  private Meter meter(boolean isInteractive) {
    Terminal terminal =
        new Terminal(
            InputStream.nullInputStream(),
            new PrintWriter(new StringWriter()),
            new PrintWriter(err),
            isInteractive);
    return new Meter(terminal, "m", clock::get);
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  @Test
  void elsewhereThanOnATerminalThereIsALineNowAndThenAndOneAtTheEnd() {
    try (Meter meter = meter(false)) {
      meter.at(0, 1_000, 0);
      pass(Duration.ofSeconds(2));
      meter.at(200, 1_000, 200);
      pass(Duration.ofSeconds(3));
      meter.at(500, 1_000, 500);
      pass(Duration.ofSeconds(1));
      meter.at(1_000, 1_000, 1_000);
    }

    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            """
            m   50 %  500 records  100/s  5 s left
            m  100 %  1,000 records  167/s
            """);
  }

  @Test
  void onATerminalOneLineIsDrawnAgainWithABar() {
    try (Meter meter = meter(true)) {
      meter.at(0, 100, 0);
      pass(Duration.ofSeconds(1));
      meter.at(50, 100, 5_000);
    }

    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            "\r\033[Km  [############------------]   50 %  5,000 records  5,000/s  1 s left"
                + "\r\033[Km  [############------------]   50 %  5,000 records  5,000/s\n");
  }

  /** A version has caught up before it has read all that comes meanwhile. */
  @Test
  void workThatHasEndedHasNoTimeLeft() {
    try (Meter meter = meter(false)) {
      meter.at(0, 1_000, 0);
      pass(Duration.ofSeconds(5));
      meter.at(500, 1_000, 500);
      pass(Duration.ofSeconds(1));
      meter.at(900, 1_000, 900);
    }

    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            """
            m   50 %  500 records  100/s  5 s left
            m   90 %  900 records  150/s
            """);
  }

  @Test
  void aPlaceThatWasShownIsNotShownAgainAtTheEnd() {
    try (Meter meter = meter(false)) {
      meter.at(0, 1_000, 0);
      pass(Duration.ofSeconds(5));
      meter.at(500, 1_000, 500);
    }

    assertThat(err.toString())
        .isEqualToNormalizingNewlines("m   50 %  500 records  100/s  5 s left\n");
  }

  @Test
  void theRateIsThatOfTheLastTenSeconds() {
    try (Meter meter = meter(false)) {
      meter.at(0, 0, 0);
      pass(Duration.ofSeconds(100));
      meter.at(1_000_000, 0, 1_000_000);
      pass(Duration.ofSeconds(10));
      meter.at(1_000_100, 0, 1_000_100);
    }

    assertThat(err.toString()).endsWith("m  1,000,100 records  10/s\n");
  }

  @Test
  void workThatNeverBeganSaysNothing() {
    meter(false).close();

    assertThat(err.toString()).isEmpty();
  }
}
