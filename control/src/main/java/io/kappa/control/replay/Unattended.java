package io.kappa.control.replay;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Nobody looks on: it's driven until nothing is left to do without an operator. */
public final class Unattended implements Driver.Passenger {

  private final BooleanSupplier isOver;

  /**
   * @param isOver whether it's to end before
   */
  public Unattended(BooleanSupplier isOver) {
    this.isOver = isOver;
  }

  @Override
  public boolean isThere(Driver.Look look) {
    return Driver.idle().test(look);
  }

  @Override
  public boolean hasEnough() {
    return isOver.getAsBoolean() || Thread.currentThread().isInterrupted();
  }

  @Override
  public void trouble(Optional<String> what) {
    // The driver writes it into the log.
  }

  @Override
  public void rest(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
