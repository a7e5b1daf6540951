package io.kappa.local.data;

/**
 * Why a generated transaction is fraud, after the scenarios of the simulator in "Reproducible
 * Machine Learning for Credit Card Fraud Detection" (Le Borgne et al.).
 */
public enum FraudKind {
  /** The amount is above 220.00. */
  AMOUNT("amount"),
  /** The terminal turned bad up to 28 days before: all that is paid there is fraud. */
  TERMINAL("terminal"),
  /** The card was stolen up to 14 days before: a third of its transactions, five times larger. */
  CARD("card");

  private final String text;

  FraudKind(String text) {
    this.text = text;
  }

  /** The kind as files name it. */
  @Override
  public String toString() {
    return text;
  }
}
