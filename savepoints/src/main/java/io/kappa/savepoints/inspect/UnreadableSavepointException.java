package io.kappa.savepoints.inspect;

/** Something that should be a savepoint isn't one, or not a whole one. */
public final class UnreadableSavepointException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnreadableSavepointException(String message, Throwable cause) {
    super(message, cause);
  }
}
