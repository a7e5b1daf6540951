package io.kappa.jobs.frauddetection;

import io.kappa.common.table.Column;
import io.kappa.common.table.Table;

/**
 * A row of {@code terminal_daily}: a terminal on one day.
 *
 * @param day days since the epoch
 */
public record TerminalDaily(
    String terminalId, long day, long transactions, long amountCents, long alerts) {

  static final Table<TerminalDaily> TABLE =
      Table.named(
              "terminal_daily", TerminalDaily.class, "What was paid at a terminal on a day (UTC)")
          .key(Column.text("terminal_id", TerminalDaily::terminalId, "the terminal"))
          .key(Column.date("day", TerminalDaily::day, "the day"))
          .column(Column.bigint("transactions", TerminalDaily::transactions, "transactions"))
          .column(Column.bigint("amount_cents", TerminalDaily::amountCents, "their sum"))
          .column(Column.bigint("alerts", TerminalDaily::alerts, "rows of alerts that are theirs"))
          .build();

  static TerminalDaily of(DayShare sum) {
    return new TerminalDaily(
        sum.id(), sum.day(), sum.transactions(), sum.amountCents(), sum.alerts());
  }
}
