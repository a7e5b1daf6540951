package io.kappa.common.log;

/** The log isn't the one that a version was begun on; it says what changed and what to do. */
public final class LogChangedException extends RuntimeException {

  public LogChangedException(String message) {
    super(message);
  }

  public LogChangedException(String message, Throwable cause) {
    super(message, cause);
  }
}
