package io.kappa.control.version;

import java.time.Instant;
import java.util.Optional;

/**
 * What a version has committed last.
 *
 * @param generation the run that owns the ledger; 0 before the first
 * @param link name of the last committed batch; empty before the first
 * @param checkpoint id of the last committed checkpoint; 0 before the first
 * @param counts what became of all records between the start and the frontier
 */
public record Ledger(
    long generation,
    String link,
    long checkpoint,
    Frontier frontier,
    Tally counts,
    Optional<Instant> committedAt) {

  /** The run that made the last committed batch; 0 before the first. */
  public long committedBy() {
    int slash = link.indexOf('/');
    return slash < 1 ? 0 : Long.parseLong(link.substring(0, slash));
  }
}
