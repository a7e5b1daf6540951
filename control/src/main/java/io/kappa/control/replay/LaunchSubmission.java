package io.kappa.control.replay;

import io.kappa.control.flink.Submission;
import io.kappa.control.version.RunProfile;
import io.kappa.control.version.Version;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a version is said to the engine: arguments and settings.
 *
 * @param fenced it is to halt at a fence
 * @param follows the ledger's last batch, as seen by who hands the version in now; empty if it's
 *     somebody who does it at some time
 */
record LaunchSubmission(
    Version version, RunProfile profile, boolean fenced, Optional<String> follows, Ends ends) {

  /** How soon Flink writes the checkpoint of a leg that has come to its fence. */
  private static final String AT_FENCE = "200ms";

  Submission from(Optional<String> checkpoint) {
    return new Submission(Path.of(version.jar()), arguments(), configuration(), checkpoint);
  }

  private List<String> arguments() {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                version.name().job().value(),
                "--version",
                Integer.toString(version.name().number()),
                "--kafka",
                ends.kafka(),
                "--store",
                ends.store(),
                "--store-user",
                ends.storeUser(),
                "--store-password-file",
                ends.storePasswordFile().toString()));
    follows.ifPresent(link -> arguments.addAll(List.of("--follows", link)));
    profile
        .parallelism()
        .ifPresent(
            parallelism ->
                arguments.addAll(List.of("--parallelism", Integer.toString(parallelism))));
    return List.copyOf(arguments);
  }

  private Map<String, String> configuration() {
    Map<String, String> configuration = new LinkedHashMap<>();
    configuration.put("pipeline.name", version.name().runName());
    configuration.put("state.backend.type", profile.stateBackend());
    configuration.put("execution.checkpointing.interval", profile.checkpointInterval());
    if (fenced) {
      // State in memory is written as a whole, so seldom; the one at the fence is waited for.
      configuration.put(
          "execution.checkpointing.interval-during-backlog", profile.checkpointInterval());
      configuration.put("execution.checkpointing.interval", AT_FENCE);
      configuration.put("execution.checkpointing.min-pause", AT_FENCE);
      configuration.put("execution.checkpointing.timeout", "10min");
    } else {
      configuration.put(
          "execution.checkpointing.interval-during-backlog", profile.rareCheckpointInterval());
    }
    return configuration;
  }
}
