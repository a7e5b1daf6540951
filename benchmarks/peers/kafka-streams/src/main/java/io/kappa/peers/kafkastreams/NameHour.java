package io.kappa.peers.kafkastreams;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/**
 * An item or a country in an hour.
 *
 * @param hour hours since the epoch
 */
record NameHour(String name, long hour) implements Comparable<NameHour> {

  /** In a store: the hour first, so that what is written next to each other lies so too. */
  byte[] key() {
    byte[] text = name.getBytes(UTF_8);
    return ByteBuffer.allocate(Long.BYTES + text.length).putLong(hour).put(text).array();
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + (int) hour * 0x9E3779B9;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NameHour that && hour == that.hour && name.equals(that.name);
  }

  @Override
  public int compareTo(NameHour other) {
    int byName = name.compareTo(other.name);
    return byName != 0 ? byName : Long.compare(hour, other.hour);
  }
}
