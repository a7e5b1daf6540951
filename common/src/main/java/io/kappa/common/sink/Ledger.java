package io.kappa.common.sink;

import java.util.UUID;

/**
 * A version's row in the serving store: who may write, what was committed last, and with it the
 * frontier.
 *
 * @param generation the run that owns it
 * @param token that run's fencing token; {@code null} before any run
 * @param checkpoint the last committed checkpoint; 0 before any
 * @param link the last committed batch
 * @param bulk nobody reads the version's tables yet, and they are made at the end
 */
public record Ledger(
    long generation, UUID token, long checkpoint, Link link, Position position, boolean bulk) {}
