package io.kappa.common.log;

import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Of a leg that goes on: that nobody waits for its rows, and then at once that somebody does.
 * Nobody does while it reads nothing, and none while it's far behind: what it reads then was
 * written long ago, and a little later makes no difference.
 */
final class WhileRecordsCome implements WorkReport {

  /** It's far behind when as much is left as it reads between so many questions. */
  private static final int FAR = 2;

  /**
   * It has come near the end when no more is left than that much of what it reads between two, or
   * so few: records that a transaction ends with are never read.
   */
  private static final double NEAR = 0.2;

  private static final long FEW = 100;

  private final Consumer<AtWork> enumerator;
  private final LongSupplier lag;
  private long taken = 1;
  private boolean quiet;
  private boolean behind;
  private double nearEnd;

  /**
   * @param lag how many records aren't fetched yet
   */
  WhileRecordsCome(Consumer<AtWork> enumerator, LongSupplier lag) {
    this.enumerator = enumerator;
    this.lag = lag;
  }

  @Override
  public void begin() {}

  @Override
  public void took() {
    taken++;
    if (quiet) {
      wake();
    }
  }

  @Override
  public void look() {
    if (behind && lag.getAsLong() <= nearEnd) {
      wake();
    }
  }

  private void wake() {
    quiet = false;
    behind = false;
    enumerator.accept(new AtWork(true));
  }

  @Override
  public void answer() {
    boolean wasResting = quiet || behind;
    quiet = taken == 0;
    behind = !quiet && lag.getAsLong() > FAR * taken;
    nearEnd = Math.max(FEW, NEAR * taken);
    taken = 0;
    boolean rests = quiet || behind;
    if (wasResting && !rests) {
      wake();
    } else if (rests && !wasResting) {
      enumerator.accept(new AtWork(false));
    }
  }
}
