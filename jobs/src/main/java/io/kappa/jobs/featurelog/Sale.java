package io.kappa.jobs.featurelog;

/** A transaction, as far as features need it. */
public record Sale(
    String transactionId,
    String accountId,
    String terminalId,
    long at,
    long amountCents,
    String currency) {}
