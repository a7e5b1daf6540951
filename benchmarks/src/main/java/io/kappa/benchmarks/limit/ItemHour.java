package io.kappa.benchmarks.limit;

import java.util.Arrays;

/** An item in an hour. */
final class ItemHour {

  private static final int FEW = 4;

  long events;
  long watchMs;
  long quantity;
  long revenueCents;
  private int[] users = new int[FEW];
  private int count;

  /** How many different users there were. */
  long users() {
    return count;
  }

  /** Counts a user once. */
  void user(int user) {
    int at = Arrays.binarySearch(users, 0, count, user);
    if (at >= 0) {
      return;
    }
    int to = -at - 1;
    if (count == users.length) {
      users = Arrays.copyOf(users, 2 * count);
    }
    System.arraycopy(users, to, users, to + 1, count - to);
    users[to] = user;
    count++;
  }

  void add(ItemHour more) {
    events += more.events;
    watchMs += more.watchMs;
    quantity += more.quantity;
    revenueCents += more.revenueCents;
    for (int i = 0; i < more.count; i++) {
      user(more.users[i]);
    }
  }
}
