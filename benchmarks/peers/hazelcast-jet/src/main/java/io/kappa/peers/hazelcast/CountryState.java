package io.kappa.peers.hazelcast;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** One country: what {@code country_hourly} tells of it. */
final class CountryState extends KeyState<CountryState.CountryHour> {

  /** One row. */
  static final class CountryHour extends KeyState.Hour {
    private long events;
    private long cents;

    private CountryHour(long hour) {
      super(hour);
    }

    long events() {
      return events;
    }

    long cents() {
      return cents;
    }

    @Override
    void write(DataOutput out) throws IOException {
      out.writeLong(events);
      out.writeLong(cents);
    }
  }

  CountryState(String country) {
    super(country);
  }

  @Override
  void add(Activity event) {
    CountryHour hour = touch(event.hour());
    hour.events++;
    hour.cents += event.cents();
  }

  @Override
  CountryHour newHour(long hour) {
    return new CountryHour(hour);
  }

  @Override
  void read(CountryHour hour, DataInput in) throws IOException {
    hour.events = in.readLong();
    hour.cents = in.readLong();
  }
}
