package io.kappa.control.status;

import io.kappa.common.table.Identifier;
import io.kappa.control.version.EngineState;
import io.kappa.control.version.Frontier;
import io.kappa.control.version.Phase;
import io.kappa.control.version.Tally;
import io.kappa.control.version.Upgrade;
import io.kappa.control.version.VersionName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How a job does.
 *
 * @param live the version that readers see
 * @param versions oldest first
 */
public record JobStatus(Identifier job, OptionalInt live, List<VersionStatus> versions) {

  /**
   * How a version does.
   *
   * @param start its first offsets
   * @param lag records between the frontier and the log's end; empty if the broker is away
   * @param engine what the engine says
   * @param failure why it stopped for good
   * @param trouble why the engine tries again, if it does
   * @param truncated the log had lost its head when the version was pinned
   * @param changesLegs it has read history, and is stopped to go on as it is to live
   * @param upgrade the upgrade that is under way, or that it is stuck in
   */
  public record VersionStatus(
      VersionName name,
      Phase phase,
      EngineState engine,
      Frontier start,
      Frontier frontier,
      OptionalLong lag,
      Optional<Instant> committedAt,
      Tally counts,
      Optional<String> failure,
      Optional<String> trouble,
      boolean truncated,
      boolean changesLegs,
      Optional<Upgrade> upgrade) {}
}
