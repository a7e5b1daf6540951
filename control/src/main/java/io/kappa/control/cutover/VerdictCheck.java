package io.kappa.control.cutover;

import io.kappa.control.version.VersionName;
import java.util.Optional;

/** Says whether the comparison of a candidate allows that readers see it. */
@FunctionalInterface
public interface VerdictCheck {

  /**
   * Asked within the switch, while nobody can write another comparison of the candidate.
   *
   * @param live the version that readers see now
   * @return why the candidate may not take its place, in half a sentence; empty if it may
   */
  Optional<String> whyNot(VersionName candidate, int live);
}
