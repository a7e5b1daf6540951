package io.kappa.benchmarks;

/** A measurement that can't be made, or that isn't worth anything; the message says why. */
public final class BenchmarkException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** One that says why. */
  public BenchmarkException(String message) {
    super(message);
  }

  /** One that says why, and what was behind it. */
  public BenchmarkException(String message, Throwable cause) {
    super(message, cause);
  }

  /** What to throw when a wait was interrupted; the thread stays interrupted. */
  public static BenchmarkException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new BenchmarkException("Interrupted while measuring", e);
  }
}
