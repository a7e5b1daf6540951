package io.kappa.common.sink;

/** A batch can't be applied to the serving store, now or ever; it says why and what to do. */
public final class LedgerConflictException extends RuntimeException {

  public LedgerConflictException(String message) {
    super(message);
  }

  public LedgerConflictException(String message, Throwable cause) {
    super(message, cause);
  }
}
