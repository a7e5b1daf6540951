package io.kappa.local.data;

/**
 * What became of a file: every line that isn't blank (or a CSV's header) was sent or is bad.
 *
 * @param sent records that the log has
 * @param bad lines that were reported
 * @param bytes bytes of the records' values
 */
public record LoadResult(long sent, long bad, long bytes) {}
