package io.kappa.common.event;

/**
 * Money moved: one record of the topic transactions.
 *
 * @param transactionId names the transaction; copies of it carry the same
 * @param amountCents money in minor units of the currency; negative where it went back
 * @param currency ISO 4217 code
 * @param at milliseconds since the epoch, UTC
 */
public record Transaction(
    String transactionId,
    String accountId,
    String terminalId,
    long amountCents,
    String currency,
    long at)
    implements Event {}
