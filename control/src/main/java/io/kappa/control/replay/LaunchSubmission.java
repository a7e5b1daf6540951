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

/** How a version is said to the engine: arguments and settings. */
record LaunchSubmission(Version version, RunProfile profile, Ends ends) {

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
    return configuration;
  }
}
