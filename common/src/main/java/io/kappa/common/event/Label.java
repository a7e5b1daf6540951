package io.kappa.common.event;

/**
 * Somebody found out whether a transaction was fraud: one record of the topic {@code labels}.
 *
 * @param at when it was found out, in milliseconds since the epoch, UTC
 */
public record Label(String transactionId, String accountId, boolean fraud, long at)
    implements Event {}
