package io.kappa.jobs.activitymetrics;

import java.util.Arrays;
import org.apache.flink.api.common.state.MapState;

/**
 * The keys of events that were counted for an item in an hour in which much happened, in buckets of
 * a few. A key is in the bucket of its user, so that one look tells both whether the event is a
 * copy and whether its user is new; or, if its user has many there, or it has none, in the bucket
 * of its id.
 *
 * <p>There are as many buckets as the number of keys asks for, by linear hashing: with each few
 * keys one bucket is split in two, so that none is ever long and none is moved at once.
 *
 * <p>Between two writes of its state it holds the buckets that were needed: each is read at most
 * once, and written once if it has changed.
 *
 * @see <a href="https://dl.acm.org/doi/10.5555/1286887.1286911">Litwin, Linear Hashing, 1980</a>
 */
final class SpilledHour {

  /** So many keys are in a bucket on the average. */
  static final int PER_BUCKET = 4;

  /** So many keys of a user stand in the user's bucket; more would make each look longer. */
  static final int PER_USER = 8;

  private static final int BEGIN_WITH = 8;

  private final SpilledKeys all;
  private final int hour;
  private final boolean fresh;
  private KeyList[] buckets = new KeyList[BEGIN_WITH];
  private int held;

  /**
   * @param all where the buckets are that aren't held
   * @param fresh whether no bucket of this hour is there
   */
  SpilledHour(SpilledKeys all, int hour, boolean fresh) {
    this.all = all;
    this.hour = hour;
    this.fresh = fresh;
  }

  /**
   * Looks an event of the current item up and remembers it.
   *
   * @param known how many are remembered of this hour
   */
  Sighting see(EventKey key, long known) throws Exception {
    int number = buckets(known);
    Sighting sighting = seeIn(key, number);
    if (sighting != Sighting.COPY && buckets(known + 1) > number) {
      split(number);
    }
    return sighting;
  }

  /** Remembers keys that were known before this hour spilled. */
  void take(KeyList keys, int number) throws Exception {
    keys.forEach(key -> seeIn(key, buckets(number)));
  }

  private Sighting seeIn(EventKey key, int number) throws Exception {
    if (!key.hasUser()) {
      return seeById(key, number);
    }
    KeyList keys = bucket(place(key.userHash(), number));
    int ofUser = keys.find(key);
    if (ofUser == KeyList.FOUND) {
      return Sighting.COPY;
    }
    if (ofUser >= PER_USER) {
      return seeById(key, number);
    }
    keys.add(key, false);
    return ofUser == 0 ? Sighting.NEW_WITH_USER : Sighting.NEW;
  }

  private Sighting seeById(EventKey key, int number) throws Exception {
    KeyList keys = bucket(place(key.hash(), number));
    if (keys.find(key) == KeyList.FOUND) {
      return Sighting.COPY;
    }
    keys.add(key, true);
    return Sighting.NEW;
  }

  /** Makes the bucket of that number, from the one in which its keys have been so far. */
  private void split(int made) throws Exception {
    int parted = made - Integer.highestOneBit(made);
    KeyList keys = bucket(parted);
    KeyList moved = keys.only(hash -> place(hash, made + 1) == made);
    if (!moved.isEmpty()) {
      hold(parted, keys.only(hash -> place(hash, made + 1) != made));
      hold(made, moved);
    }
  }

  private KeyList bucket(int bucket) throws Exception {
    KeyList keys = bucket < buckets.length ? buckets[bucket] : null;
    if (keys == null) {
      byte[] bytes = fresh ? null : all.of(hour).get(bucket);
      keys = bytes == null ? KeyList.empty() : new KeyList(bytes);
      hold(bucket, keys);
    }
    return keys;
  }

  private void hold(int bucket, KeyList keys) {
    if (bucket >= buckets.length) {
      buckets = Arrays.copyOf(buckets, Math.max(bucket + 1, 2 * buckets.length));
    }
    if (buckets[bucket] == null) {
      held++;
      all.holdsMore(1);
    }
    buckets[bucket] = keys;
  }

  /** Writes what has changed, and lets go; the current item must be this one's. */
  void write() throws Exception {
    MapState<Integer, byte[]> state = all.of(hour);
    for (int bucket = 0; bucket < buckets.length; bucket++) {
      KeyList keys = buckets[bucket];
      if (keys == null || !keys.hasChanged()) {
        continue;
      }
      if (!keys.isEmpty()) {
        state.put(bucket, keys.bytes());
      } else if (!fresh) {
        state.remove(bucket);
      }
    }
    letGo();
  }

  /** It holds nothing any more, and isn't used again. */
  void letGo() {
    all.holdsMore(-held);
    held = 0;
  }

  private static int buckets(long keys) {
    return (int) Math.max(1, keys / PER_BUCKET);
  }

  /** As many of the hash's bits as there are buckets; one less where that bucket isn't made yet. */
  private static int place(int hash, int number) {
    int mask = (Integer.highestOneBit(number) << 1) - 1;
    int bucket = hash & mask;
    return bucket < number ? bucket : bucket & (mask >>> 1);
  }
}
