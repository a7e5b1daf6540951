package io.kappa.jobs.featurelog;

/**
 * What a terminal knows of a transaction at it.
 *
 * @param example {@code null} as long as nobody judged it
 */
public record TerminalSale(String transactionId, long at, Labels labels, Example example) {}
