package io.kappa.common.log;

/**
 * How far one partition has been read, and what became of its records since the version's start.
 *
 * @param next the next offset to read
 * @param applied records given to the job
 * @param filtered records that the job doesn't want
 * @param quarantined records that couldn't be used
 * @param gaps offsets that no record has: control records of transactions
 */
public record Progress(
    String topic,
    int partition,
    long next,
    long applied,
    long filtered,
    long quarantined,
    long gaps) {}
