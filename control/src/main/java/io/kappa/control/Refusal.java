package io.kappa.control;

/**
 * Something that can't be done, said to whoever asked for it: one line why, one line what to do.
 */
public class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String remedy;

  /**
   * @param why names the thing, what was found and what is allowed
   * @param remedy what to do about it
   */
  public Refusal(String why, String remedy) {
    this(why, remedy, null);
  }

  /** With the error behind it, which goes to the log file only. */
  public Refusal(String why, String remedy, Throwable cause) {
    super(why, cause);
    this.remedy = remedy;
  }

  /** What to do about it. */
  public String remedy() {
    return remedy;
  }
}
