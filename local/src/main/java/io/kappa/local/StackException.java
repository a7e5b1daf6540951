package io.kappa.local;

/** A part can't be started, found or used: one line says why, one what to do. */
public final class StackException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String problem;
  private final String remedy;

  /**
   * @param problem the thing, the value seen and the value allowed, in one line
   * @param remedy what to do about it, in one line
   */
  public StackException(String problem, String remedy) {
    this(problem, remedy, null);
  }

  /** As the other constructor, with what caused it. */
  public StackException(String problem, String remedy, Throwable cause) {
    super(problem + ": " + remedy, cause);
    this.problem = problem;
    this.remedy = remedy;
  }

  /** One line: what is wrong. */
  public String problem() {
    return problem;
  }

  /** One line: what to do. */
  public String remedy() {
    return remedy;
  }
}
