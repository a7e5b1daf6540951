package io.kappa.control.replay;

import io.kappa.control.catalogue.Entry;
import io.kappa.control.catalogue.Lease;
import io.kappa.control.catalogue.Legs;
import io.kappa.control.flink.FlinkJob;
import io.kappa.control.flink.StopRequest;
import io.kappa.control.version.EngineState;
import io.kappa.control.version.Leg;
import io.kappa.control.version.VersionName;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Stops a run with a savepoint: asks the engine for it, and notes where the savepoint went. */
final class Stopping {

  private static final String NO_SAVEPOINT = "none";

  private final Tools tools;
  private final Submitter submitter;
  private final Consumer<String> say;

  Stopping(Tools tools, Submitter submitter, Consumer<String> say) {
    this.tools = tools;
    this.submitter = submitter;
    this.say = say;
  }

  /** Asks the engine to stop it with a savepoint; when it has stopped, notes where that is. */
  void withSavepoint(Lease lease, Lookout.View seen) {
    Entry entry = seen.entry();
    VersionName name = entry.version().name();
    Leg leg = entry.leg().orElseThrow();
    FlinkJob job = seen.job().orElseThrow();
    if (job.state() == EngineState.FINISHED) {
      noteSavepoint(lease, entry, leg);
      return;
    }
    StopRequest.State state =
        leg.stopAttempts() == 0
            ? StopRequest.State.UNKNOWN
            : tools.flink().stopRequest(job.id(), request(name, leg, leg.stopAttempts())).state();
    if (state != StopRequest.State.FAILED && state != StopRequest.State.UNKNOWN) {
      return;
    }
    tools
        .transitions()
        .within(
            lease,
            entry.version().phase(),
            connection -> Legs.noteStopAttempt(connection, name, leg.number()));
    tools
        .flink()
        .stopWithSavepoint(
            job.id(),
            tools.savepoints().of(name, leg.number()),
            request(name, leg, leg.stopAttempts() + 1));
    if (leg.stopAttempts() == 0) {
      say.accept("stopping %s with a savepoint".formatted(name));
    }
  }

  private void noteSavepoint(Lease lease, Entry entry, Leg leg) {
    VersionName name = entry.version().name();
    Optional<String> savepoint = tools.savepoints().newest(name, leg.number());
    if (savepoint.isEmpty() && !entry.version().phase().isOver()) {
      // It ended in another way; from its newest checkpoint it comes to the same place again.
      submitter.submit(entry);
      return;
    }
    tools
        .transitions()
        .within(
            lease,
            entry.version().phase(),
            connection ->
                Legs.noteSavepoint(connection, name, leg.number(), savepoint.orElse(NO_SAVEPOINT)));
    say.accept(
        "%s has stopped; its savepoint is %s".formatted(name, savepoint.orElse(NO_SAVEPOINT)));
  }

  /** The same attempt always asks with the same name, so asking twice is asking once. */
  private static String request(VersionName name, Leg leg, int attempt) {
    String text = "%s leg %d stop %d".formatted(name, leg.number(), attempt);
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8))
        .toString()
        .replace("-", "");
  }
}
