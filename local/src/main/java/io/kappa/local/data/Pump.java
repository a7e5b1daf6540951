package io.kappa.local.data;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Hands records on, one after the other: as fast as they are taken, or each when it's due. */
final class Pump {

  /** Where records come from and go to. */
  interface Line {

    boolean hasNext();

    /** When the next record is due at a rate, in nanoseconds since the first one was. */
    long dueNanos();

    /** Hands the next record on. */
    void send();

    /** Waits until all that was handed on has arrived. */
    void finish();
  }

  private static final int RECORDS_PER_REPORT = 1000;
  private static final int REPORTS_PER_SECOND = 4;
  private static final long SHORTEST_REST = TimeUnit.MILLISECONDS.toNanos(1);

  /** So that it's soon noticed that somebody stops it, also where records are rare. */
  private static final long LONGEST_REST = TimeUnit.MILLISECONDS.toNanos(200);

  private final Line line;
  private final Pace pace;
  private final BooleanSupplier stopped;
  private final Progress progress;
  private long sent;

  Pump(Line line, Pace pace, BooleanSupplier stopped, Progress progress) {
    this.line = line;
    this.pace = pace;
    this.stopped = stopped;
    this.progress = progress;
  }

  /** Hands on so many, or fewer where they end or it's stopped; says how many. */
  long run(long count) {
    while (goesOn(count)) {
      send();
      if (sent % RECORDS_PER_REPORT == 0) {
        progress.at(sent, count, sent);
      }
    }
    return finished(count);
  }

  /**
   * The same, each when it's due. That doesn't wait for where they go to (open loop): what a slow
   * moment held up is handed on right after it.
   *
   * @param count {@link Long#MAX_VALUE}: without end
   * @param perSecond about how many are due a second
   */
  long runAtRate(long count, double perSecond) {
    long total = count == Long.MAX_VALUE ? 0 : count;
    long perReport = Math.max(1, (long) (perSecond / REPORTS_PER_SECOND));
    long start = pace.nanos();
    while (goesOn(count)) {
      long wait = line.dueNanos() - (pace.nanos() - start);
      if (wait > 0) {
        pace.rest(Math.min(LONGEST_REST, Math.max(wait, SHORTEST_REST)));
        continue;
      }
      send();
      if (sent % perReport == 0) {
        progress.at(sent, total, sent);
      }
    }
    return finished(total);
  }

  private boolean goesOn(long count) {
    return sent < count && line.hasNext() && !stopped.getAsBoolean();
  }

  private void send() {
    line.send();
    sent++;
  }

  private long finished(long total) {
    line.finish();
    progress.at(sent, total, sent);
    return sent;
  }
}
