package io.kappa.jobs.frauddetection;

import io.kappa.common.table.Column;
import io.kappa.common.table.Table;

/**
 * A row of {@code account_daily}: an account on one day.
 *
 * @param day days since the epoch
 */
public record AccountDaily(
    String accountId, long day, long transactions, long amountCents, long alerts) {

  static final Table<AccountDaily> TABLE =
      Table.named("account_daily", AccountDaily.class, "What was paid by an account on a day (UTC)")
          .key(Column.text("account_id", AccountDaily::accountId, "the account"))
          .key(Column.date("day", AccountDaily::day, "the day"))
          .column(Column.bigint("transactions", AccountDaily::transactions, "transactions"))
          .column(Column.bigint("amount_cents", AccountDaily::amountCents, "their sum"))
          .column(Column.bigint("alerts", AccountDaily::alerts, "rows of alerts that are theirs"))
          .build();

  static AccountDaily of(DayShare sum) {
    return new AccountDaily(
        sum.id(), sum.day(), sum.transactions(), sum.amountCents(), sum.alerts());
  }
}
