package io.kappa.jobs.frauddetection;

/**
 * A payment counts as fraud from a label on, until its next label. Labels that are read later can
 * only move the end, and only to an earlier moment.
 *
 * @param from when the label was given, in milliseconds since the epoch
 * @param until when the next one was; {@link Long#MAX_VALUE} where there's none
 * @param since the first moment at which it says something new
 */
public record Confirmation(
    String transactionId, String accountId, long from, long until, long since) {}
