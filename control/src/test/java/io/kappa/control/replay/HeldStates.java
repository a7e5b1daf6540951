package io.kappa.control.replay;

import io.kappa.common.job.run.BlankRun;
import io.kappa.control.Refusal;
import io.kappa.control.jar.StateCheck;
import io.kappa.control.jar.StateVerdict;
import io.kappa.savepoints.compat.CompatibilityCheck;
import io.kappa.savepoints.inspect.Savepoint;
import io.kappa.savepoints.inspect.SavepointReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The verdict on jobs of this JVM, whose classes are all of one loader. */
record HeldStates(HeldJobs jobs, Path directory) implements StateCheck {

  @Override
  public List<StateVerdict> check(Path savepoint, Path writer, Candidate candidate) {
    try {
      Path into = Files.createTempDirectory(Files.createDirectories(directory), "blank");
      String blank =
          BlankRun.save(
              jobs.in(candidate.jar()),
              candidate.parameters(),
              candidate.maxParallelism(),
              into.toUri().toString());
      Savepoint saved = new SavepointReader(getClass().getClassLoader()).read(savepoint);
      return CompatibilityCheck.of(saved, savepoint, Path.of(URI.create(blank))).states().stream()
          .map(
              verdict ->
                  new StateVerdict(
                      verdict.operator(),
                      verdict.state(),
                      verdict.verdict().name(),
                      verdict.reason()))
          .toList();
    } catch (IllegalArgumentException e) {
      throw new Refusal("It can't run: " + e.getMessage(), "mend that", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
