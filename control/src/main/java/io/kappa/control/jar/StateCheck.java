package io.kappa.control.jar;

import io.kappa.common.table.Identifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Says whether a job can go on from a savepoint, before anything is stopped. */
public interface StateCheck {

  /** A job as it would run. */
  record Candidate(Path jar, Identifier job, Map<String, String> parameters, int maxParallelism) {}

  /**
   * A verdict a state.
   *
   * @param savepoint a savepoint or retained checkpoint
   * @param writer the jar of the job that wrote it
   * @throws io.kappa.control.Refusal if there is no such savepoint, or the job can't be built
   */
  List<StateVerdict> check(Path savepoint, Path writer, Candidate candidate);
}
