package io.kappa.jobs.activitymetrics;

import java.util.function.IntConsumer;
import org.apache.flink.api.common.state.MapState;

/**
 * The keys of events that were counted for an item in an hour in which much happened, in buckets of
 * a few. A key is in the bucket of its user, so that one read and one write tell both whether the
 * event is a copy and whether its user is new; or, if its user has many there, or it has none, in
 * the bucket of its id.
 *
 * <p>There are as many buckets as the number of keys asks for, by linear hashing: with each few
 * keys one bucket is split in two, so that none is ever long and none is moved at once.
 *
 * @see <a href="https://dl.acm.org/doi/10.5555/1286887.1286911">Litwin, Linear Hashing, 1980</a>
 */
final class SpilledKeys {

  /** So many keys are in a bucket on the average. */
  static final int PER_BUCKET = 4;

  /** So many keys of a user stand in the user's bucket; more would make each look longer. */
  static final int PER_USER = 8;

  private final OfHour<MapState<Integer, byte[]>> buckets;
  private final IntConsumer begun;

  /** The current item's state of one hour. */
  @FunctionalInterface
  interface OfHour<S> {
    S at(int hour) throws Exception;
  }

  /**
   * @param begun is told of each hour of the current item that begins to spill
   */
  SpilledKeys(OfHour<MapState<Integer, byte[]>> buckets, IntConsumer begun) {
    this.buckets = buckets;
    this.begun = begun;
  }

  /** From now on the current item has keys here in this hour: so many, to begin with. */
  void begin(int hour, KeyList keys, int number) throws Exception {
    begun.accept(hour);
    MapState<Integer, byte[]> state = buckets.at(hour);
    keys.forEach(key -> see(state, key, buckets(number)));
  }

  /**
   * Looks an event of the current item up and remembers it.
   *
   * @param known how many are remembered of this hour
   */
  Sighting see(int hour, EventKey key, long known) throws Exception {
    MapState<Integer, byte[]> state = buckets.at(hour);
    int number = buckets(known);
    Sighting sighting = see(state, key, number);
    if (sighting != Sighting.COPY && buckets(known + 1) > number) {
      split(state, number);
    }
    return sighting;
  }

  private static Sighting see(MapState<Integer, byte[]> state, EventKey key, int buckets)
      throws Exception {
    if (!key.hasUser()) {
      return seeById(state, key, buckets);
    }
    int bucket = bucket(key.userHash(), buckets);
    KeyList keys = keys(state, bucket);
    int ofUser = keys.find(key);
    if (ofUser == KeyList.FOUND) {
      return Sighting.COPY;
    }
    if (ofUser >= PER_USER) {
      return seeById(state, key, buckets);
    }
    keys.add(key, false);
    state.put(bucket, keys.bytes());
    return ofUser == 0 ? Sighting.NEW_WITH_USER : Sighting.NEW;
  }

  private static Sighting seeById(MapState<Integer, byte[]> state, EventKey key, int buckets)
      throws Exception {
    int bucket = bucket(key.hash(), buckets);
    KeyList keys = keys(state, bucket);
    if (keys.find(key) == KeyList.FOUND) {
      return Sighting.COPY;
    }
    keys.add(key, true);
    state.put(bucket, keys.bytes());
    return Sighting.NEW;
  }

  private static KeyList keys(MapState<Integer, byte[]> state, int bucket) throws Exception {
    byte[] bytes = state.get(bucket);
    return bytes == null ? KeyList.empty() : new KeyList(bytes);
  }

  /** Makes the bucket of that number, from the one in which its keys have been so far. */
  private static void split(MapState<Integer, byte[]> state, int made) throws Exception {
    int parted = made - Integer.highestOneBit(made);
    KeyList keys = keys(state, parted);
    KeyList moved = keys.only(hash -> bucket(hash, made + 1) == made);
    if (moved.isEmpty()) {
      return;
    }
    state.put(made, moved.bytes());
    KeyList left = keys.only(hash -> bucket(hash, made + 1) != made);
    if (left.isEmpty()) {
      state.remove(parted);
    } else {
      state.put(parted, left.bytes());
    }
  }

  private static int buckets(long keys) {
    return (int) Math.max(1, keys / PER_BUCKET);
  }

  /** As many of the hash's bits as there are buckets; one less where that bucket isn't made yet. */
  private static int bucket(int hash, int buckets) {
    int mask = (Integer.highestOneBit(buckets) << 1) - 1;
    int bucket = hash & mask;
    return bucket < buckets ? bucket : bucket & (mask >>> 1);
  }

  /** Forgets the current item's hour. */
  void clear(int hour) throws Exception {
    buckets.at(hour).clear();
  }
}
