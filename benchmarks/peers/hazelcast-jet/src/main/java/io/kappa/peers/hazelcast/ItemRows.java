package io.kappa.peers.hazelcast;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Rows of {@code item_hourly} and {@code item_totals}, an array for each column. */
final class ItemRows implements Rows {

  private final String[] hourlyItem;
  private final long[] hour;
  private final long[] hourlyEvents;
  private final long[] users;
  private final long[] watchMs;
  private final long[] hourlyQuantity;
  private final long[] hourlyCents;

  private final String[] item;
  private final long[] events;
  private final long[] quantity;
  private final long[] cents;
  private final long[] firstAt;
  private final long[] lastAt;

  private int filled;

  private ItemRows(int hourlyRows, int rows) {
    hourlyItem = new String[hourlyRows];
    hour = new long[hourlyRows];
    hourlyEvents = new long[hourlyRows];
    users = new long[hourlyRows];
    watchMs = new long[hourlyRows];
    hourlyQuantity = new long[hourlyRows];
    hourlyCents = new long[hourlyRows];
    item = new String[rows];
    events = new long[rows];
    quantity = new long[rows];
    cents = new long[rows];
    firstAt = new long[rows];
    lastAt = new long[rows];
  }

  /** Takes what changed of items that did; an item's hours come one after the other. */
  static ItemRows take(List<ItemState> changed, int hourlyRows) {
    ItemRows rows = new ItemRows(hourlyRows, changed.size());
    for (int i = 0; i < changed.size(); i++) {
      rows.take(i, changed.get(i));
    }
    return rows;
  }

  private void take(int row, ItemState state) {
    item[row] = state.key();
    events[row] = state.events();
    quantity[row] = state.quantity();
    cents[row] = state.cents();
    firstAt[row] = state.firstAt();
    lastAt[row] = state.lastAt();
    state.takeChanged(
        one -> {
          hourlyItem[filled] = state.key();
          hour[filled] = one.hour;
          hourlyEvents[filled] = one.events();
          users[filled] = one.users();
          watchMs[filled] = one.watchMs();
          hourlyQuantity[filled] = one.quantity();
          hourlyCents[filled] = one.cents();
          filled++;
        });
  }

  @Override
  public void write(Connection connection, Tables tables) throws SQLException {
    tables.upsert(
        connection,
        tables.itemHourly(),
        hourlyItem,
        hour,
        hourlyEvents,
        users,
        watchMs,
        hourlyQuantity,
        hourlyCents);
    tables.upsert(connection, tables.itemTotals(), item, events, quantity, cents, firstAt, lastAt);
  }
}
