package io.kappa.control.flink;

import io.kappa.control.Refusal;

/** The job's own main method failed. */
public final class SubmissionRefused extends Refusal {

  private static final long serialVersionUID = 1L;

  /** As a refusal with the error behind it. */
  public SubmissionRefused(String why, String remedy, Throwable cause) {
    super(why, remedy, cause);
  }
}
