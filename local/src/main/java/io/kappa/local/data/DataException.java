package io.kappa.local.data;

/** Loading or generating can't begin or can't go on: one line says why, one what to do. */
public final class DataException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String problem;
  private final String remedy;

  DataException(String problem, String remedy) {
    this(problem, remedy, null);
  }

  DataException(String problem, String remedy, Throwable cause) {
    super(problem + ". " + remedy, cause);
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
