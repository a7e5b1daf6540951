package io.kappa.common.log;

import java.util.function.Consumer;

/**
 * Of a leg that goes on: that nothing was read since the question before, and then at once that
 * something is.
 */
final class WhileRecordsCome implements WorkReport {

  private final Consumer<AtWork> enumerator;
  private boolean quiet;
  private boolean tookAny = true;

  WhileRecordsCome(Consumer<AtWork> enumerator) {
    this.enumerator = enumerator;
  }

  @Override
  public void begin() {}

  @Override
  public void took() {
    tookAny = true;
    if (quiet) {
      wake();
    }
  }

  private void wake() {
    quiet = false;
    enumerator.accept(new AtWork(true));
  }

  @Override
  public void look() {}

  @Override
  public void answer() {
    if (!tookAny && !quiet) {
      quiet = true;
      enumerator.accept(new AtWork(false));
    }
    tookAny = false;
  }
}
