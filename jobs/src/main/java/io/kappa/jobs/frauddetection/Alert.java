package io.kappa.jobs.frauddetection;

import io.kappa.common.table.Column;
import io.kappa.common.table.Table;

/**
 * A row of {@code alerts}: a rule finds something in a transaction.
 *
 * @param at when the transaction was, in milliseconds since the epoch
 */
public record Alert(
    String transactionId,
    String ruleId,
    String accountId,
    String terminalId,
    long at,
    long amountCents,
    String reason) {

  static final Table<Alert> TABLE =
      Table.named("alerts", Alert.class, "Transactions in which a rule finds something")
          .key(Column.text("transaction_id", Alert::transactionId, "the transaction"))
          .key(Column.text("rule_id", Alert::ruleId, "the rule"))
          .column(Column.text("account_id", Alert::accountId, "who paid"))
          .column(Column.text("terminal_id", Alert::terminalId, "where"))
          .column(Column.timestamp("at", Alert::at, "when"))
          .column(Column.bigint("amount_cents", Alert::amountCents, "how much"))
          .column(Column.text("reason", Alert::reason, "what the rule found"))
          .build();
}
