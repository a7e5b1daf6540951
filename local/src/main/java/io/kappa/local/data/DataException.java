package io.kappa.local.data;

/** Loading or generating can't begin or can't go on. The message says why and what to do. */
public final class DataException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DataException(String message) {
    super(message);
  }

  DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
