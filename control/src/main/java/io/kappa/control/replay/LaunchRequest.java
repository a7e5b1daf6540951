package io.kappa.control.replay;

import io.kappa.common.table.Identifier;
import io.kappa.control.version.RunProfile;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What somebody wants of a job's first version.
 *
 * @param given parameters that aren't to have their default
 * @param truncatedIsFine a log whose head is gone is accepted
 * @param profile how the engine is to run it, which changes no result; empty: as before, or as
 *     shipped
 * @param history how it reads what the log holds already, which changes no result either
 */
public record LaunchRequest(
    Identifier job,
    Map<String, String> given,
    boolean truncatedIsFine,
    OptionalInt maxParallelism,
    Optional<RunProfile> profile,
    History history) {

  /** What a version's state can be divided into, if nobody says. */
  public static final int DEFAULT_MAX_PARALLELISM = 128;
}
