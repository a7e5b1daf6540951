package io.kappa.control.compare;

import java.util.List;

/**
 * Whether a candidate may take its baseline's place, as far as its rows tell.
 *
 * @param reasons one line each
 */
public record Verdict(Outcome outcome, List<String> reasons) {

  /** What a comparison can come to. */
  public enum Outcome {
    /** Nothing differs but what was declared, and all checks hold. */
    PASS,
    /** A declared bound was overstepped, or a check doesn't hold. */
    FAIL,
    /** Something differs of which the expectations say nothing: a person has to decide. */
    UNDECIDED
  }

  public Verdict {
    reasons = List.copyOf(reasons);
  }

  /** What follows from what was found and what was expected. A pure function of both. */
  public static Verdict of(Report report, Expectations expectations) {
    Judgement judgement = new Judgement(expectations);
    judgement.judge(report);
    return judgement.verdict(report);
  }
}
