package io.kappa.peers.hazelcast;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** One item: what {@code item_hourly} and {@code item_totals} tell of it. */
final class ItemState extends KeyState<ItemState.ItemHour> {

  /** One row of {@code item_hourly}. */
  static final class ItemHour extends KeyState.Hour {
    private final UserNumbers numbers;
    private final IntSet users = new IntSet();
    private long events;
    private long watchMs;
    private long quantity;
    private long cents;

    private ItemHour(long hour, UserNumbers numbers) {
      super(hour);
      this.numbers = numbers;
    }

    long events() {
      return events;
    }

    long users() {
      return users.size();
    }

    long watchMs() {
      return watchMs;
    }

    long quantity() {
      return quantity;
    }

    long cents() {
      return cents;
    }

    private void add(Activity event) {
      events++;
      watchMs += event.watchMs();
      quantity += event.quantity();
      cents += event.cents();
      if (event.user() != null) {
        users.add(numbers.number(event.user()));
      }
    }

    @Override
    void write(DataOutput out) throws IOException {
      out.writeLong(events);
      out.writeLong(watchMs);
      out.writeLong(quantity);
      out.writeLong(cents);
      out.writeInt(users.size());
      for (int number : users.stream().toArray()) {
        out.writeUTF(numbers.user(number));
      }
    }

    private void read(DataInput in) throws IOException {
      events = in.readLong();
      watchMs = in.readLong();
      quantity = in.readLong();
      cents = in.readLong();
      for (int left = in.readInt(); left > 0; left--) {
        users.add(numbers.number(in.readUTF()));
      }
    }
  }

  private final UserNumbers numbers;
  private long events;
  private long quantity;
  private long cents;
  private long firstAt = Long.MAX_VALUE;
  private long lastAt = Long.MIN_VALUE;

  ItemState(String item, UserNumbers numbers) {
    super(item);
    this.numbers = numbers;
  }

  long events() {
    return events;
  }

  long quantity() {
    return quantity;
  }

  long cents() {
    return cents;
  }

  /** Milliseconds since the epoch. */
  long firstAt() {
    return firstAt;
  }

  /** Milliseconds since the epoch. */
  long lastAt() {
    return lastAt;
  }

  @Override
  void add(Activity event) {
    touch(event.hour()).add(event);
    events++;
    quantity += event.quantity();
    cents += event.cents();
    firstAt = Math.min(firstAt, event.at());
    lastAt = Math.max(lastAt, event.at());
  }

  @Override
  ItemHour newHour(long hour) {
    return new ItemHour(hour, numbers);
  }

  @Override
  void read(ItemHour hour, DataInput in) throws IOException {
    hour.read(in);
  }

  @Override
  void write(DataOutput out) throws IOException {
    super.write(out);
    out.writeLong(events);
    out.writeLong(quantity);
    out.writeLong(cents);
    out.writeLong(firstAt);
    out.writeLong(lastAt);
  }

  @Override
  void read(DataInput in) throws IOException {
    super.read(in);
    events = in.readLong();
    quantity = in.readLong();
    cents = in.readLong();
    firstAt = in.readLong();
    lastAt = in.readLong();
  }
}
