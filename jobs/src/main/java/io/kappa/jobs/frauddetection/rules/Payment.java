package io.kappa.jobs.frauddetection.rules;

/**
 * A transaction as rules see it.
 *
 * @param at milliseconds since the epoch
 * @param amountCents money in minor units; negative where it went back
 */
public record Payment(
    String transactionId, String accountId, String terminalId, long at, long amountCents) {}
