package io.kappa.peers.kafkastreams;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The three tables, written by a connection of its own. Rows hold whole values, so that to send
 * them twice does no harm.
 */
final class Tables implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Tables.class);

  private static final int TRIES = 30;
  private static final int PAUSE_MS = 1000;

  private final Options options;
  private final Rows itemHourly;
  private final Rows itemTotals;
  private final Rows countryHourly;
  private Connection connection;

  Tables(Options options) {
    this.options = options;
    String schema = Schema.quoted(options.schema());
    itemHourly =
        new Rows(
            """
            insert into %s.item_hourly
            select i, to_timestamp(0) + h * interval '1 hour', e, u, w, q, r
            from unnest(?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
                        ?::bigint[], ?::bigint[]) as rows (i, h, e, u, w, q, r)
            on conflict (item_id, hour) do update set events = excluded.events,
              users = excluded.users, watch_ms = excluded.watch_ms,
              quantity = excluded.quantity, revenue_cents = excluded.revenue_cents
            """
                .formatted(schema),
            6);
    itemTotals =
        new Rows(
            """
            insert into %s.item_totals
            select i, e, q, r, to_timestamp(0) + f * interval '1 millisecond',
              to_timestamp(0) + l * interval '1 millisecond'
            from unnest(?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
                        ?::bigint[]) as rows (i, e, q, r, f, l)
            on conflict (item_id) do update set events = excluded.events,
              quantity = excluded.quantity, revenue_cents = excluded.revenue_cents,
              first_at = excluded.first_at, last_at = excluded.last_at
            """
                .formatted(schema),
            5);
    countryHourly =
        new Rows(
            """
            insert into %s.country_hourly
            select c, to_timestamp(0) + h * interval '1 hour', e, r
            from unnest(?::text[], ?::bigint[], ?::bigint[], ?::bigint[]) as rows (c, h, e, r)
            on conflict (country, hour) do update set events = excluded.events,
              revenue_cents = excluded.revenue_cents
            """
                .formatted(schema),
            3);
  }

  /** Hour (since the epoch), events, users, milliseconds watched, quantity, cents. */
  Rows itemHourly() {
    return itemHourly;
  }

  /** Events, quantity, cents, first and last moment (milliseconds since the epoch). */
  Rows itemTotals() {
    return itemTotals;
  }

  /** Hour (since the epoch), events, cents. */
  Rows countryHourly() {
    return countryHourly;
  }

  /**
   * Brings all rows to the database, in one transaction.
   *
   * @throws IllegalStateException if it can't be done for half a minute
   */
  void commit() {
    for (int attempt = 1; !isCommitted(attempt); attempt++) {
      pause();
    }
    all().forEach(Rows::clear);
  }

  private boolean isCommitted(int attempt) {
    try {
      if (connection == null) {
        connection = Schema.connect(options);
        connection.setAutoCommit(false);
      }
      for (Rows rows : all()) {
        rows.send(connection);
      }
      connection.commit();
      return true;
    } catch (SQLException e) {
      close();
      if (attempt == TRIES) {
        throw new IllegalStateException("The tables can't be written", e);
      }
      LOG.warn("The tables couldn't be written; trying again", e);
      return false;
    }
  }

  private List<Rows> all() {
    return List.of(itemHourly, itemTotals, countryHourly);
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the tables were written", e);
    }
  }

  @Override
  public void close() {
    Connection last = connection;
    connection = null;
    if (last != null) {
      try {
        last.close();
      } catch (SQLException e) {
        LOG.debug("A connection didn't close", e);
      }
    }
  }
}
