package io.kappa.jobs.featurelog;

import io.kappa.common.table.Column;
import io.kappa.common.table.Table;

/**
 * A row of {@code training_examples}: a judged transaction with all that was known when it
 * happened.
 */
public record TrainingExample(
    Sale sale, AccountFeatures account, TerminalFeatures terminal, boolean label, long labelledAt) {

  private static final String[] SPANS = {"1d", "7d", "30d"};
  private static final String[] WORDS = {"the last day", "the last 7 days", "the last 30 days"};

  static final Table<TrainingExample> TABLE = table();

  static TrainingExample of(Example example, TerminalFeatures terminal, Labels labels) {
    return new TrainingExample(
        example.sale(), example.account(), terminal, labels.lastFraud(), labels.lastAt());
  }

  private static Table<TrainingExample> table() {
    Table.Builder<TrainingExample> table =
        Table.named(
                "training_examples",
                TrainingExample.class,
                "Judged transactions with their features as they were at the moment of each")
            .key(Column.text("transaction_id", r -> r.sale().transactionId(), "the transaction"))
            .column(Column.text("account_id", r -> r.sale().accountId(), "who paid"))
            .column(Column.timestamp("at", r -> r.sale().at(), "when"))
            .column(Column.text("terminal_id", r -> r.sale().terminalId(), "where"))
            .column(Column.bigint("amount_cents", r -> r.sale().amountCents(), "how much"))
            .column(Column.text("currency", r -> r.sale().currency(), "in which currency"))
            .column(Column.integer("hour", r -> Days.hour(r.sale().at()), "hour of the day, UTC"))
            .column(
                Column.bool(
                    "weekend", r -> Days.isWeekend(r.sale().at()), "Saturday or Sunday, UTC"));
    for (int i = 0; i < SPANS.length; i++) {
      addAccount(table, i);
    }
    for (int i = 0; i < SPANS.length; i++) {
      addTerminal(table, i);
    }
    return table
        .column(Column.bool("label", TrainingExample::label, "whether it was fraud"))
        .column(
            Column.timestamp("labelled_at", TrainingExample::labelledAt, "when that was found out"))
        .build();
  }

  private static void addAccount(Table.Builder<TrainingExample> table, int window) {
    String span = SPANS[window];
    String words = WORDS[window];
    table
        .column(
            Column.bigint(
                "account_transactions_" + span,
                r -> r.account().counts()[window],
                "the account's transactions in %s, this one with them".formatted(words)))
        .column(
            Column.bigint(
                "account_amount_cents_" + span,
                r -> r.account().sums()[window],
                "their amounts, as far as they are in this currency"))
        .column(
            Column.bigint(
                "account_mean_cents_" + span,
                r -> r.account().average(window),
                "the mean of those amounts, rounded down"));
  }

  private static void addTerminal(Table.Builder<TrainingExample> table, int window) {
    String span = SPANS[window];
    table
        .column(
            Column.bigint(
                "terminal_transactions_" + span,
                r -> r.terminal().counts()[window],
                "the terminal's transactions in %s, this one not".formatted(WORDS[window])))
        .column(
            Column.bigint(
                "terminal_labelled_" + span,
                r -> r.terminal().labelled()[window],
                "those that somebody had judged by then"))
        .column(
            Column.bigint(
                "terminal_frauds_" + span,
                r -> r.terminal().frauds()[window],
                "those that were taken for fraud by then"))
        .column(
            Column.real(
                "terminal_fraud_share_" + span,
                r -> r.terminal().share(window),
                "frauds among the judged; NULL where none was"));
  }
}
