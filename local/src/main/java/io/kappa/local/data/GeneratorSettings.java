package io.kappa.local.data;

import io.kappa.common.event.serde.EventDecoder;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * What a generator makes. The same settings make the same bytes.
 *
 * @param seed another seed makes other events, with other ids
 * @param startAt the event time of the first record, in milliseconds since the epoch
 * @param stepNanos how much event time passes from one record to the next, in nanoseconds
 * @param users how many users there are
 * @param items how many items there are
 * @param skew how much more the popular items are asked for: Zipf's exponent, 0 for not at all
 */
public record GeneratorSettings(
    long seed, long startAt, long stepNanos, int users, int items, double skew, Shares shares) {

  /** Where event time begins if nobody says: Monday, 2025-01-06T00:00:00Z. */
  public static final long START_AT = 1_736_121_600_000L;

  /**
   * Which part of the records has which flaw, each from 0 to 1.
   *
   * @param anonymous sessions without a user
   * @param outOfOrder events up to two hours older than their neighbours
   * @param late events 25 to 73 hours older than their neighbours
   * @param duplicates exact copies of one of the records before
   * @param broken records that are no events
   */
  public record Shares(
      double anonymous, double outOfOrder, double late, double duplicates, double broken) {

    /** The same with other shares of late, doubled and broken records. */
    public Shares with(double newLate, double newDuplicates, double newBroken) {
      return new Shares(anonymous, outOfOrder, newLate, newDuplicates, newBroken);
    }

    /** The same without any event that is out of order or late. */
    Shares inOrder() {
      return new Shares(anonymous, 0, 0, duplicates, broken);
    }

    /** A log without flaws; every user is known. */
    public static final Shares NONE = new Shares(0, 0, 0, 0, 0);

    /** What a log of many producers looks like on a normal day. */
    public static final Shares NORMAL = new Shares(0.05, 0.02, 0.001, 0.005, 0.0005);

    public Shares {
      share("anonymous", anonymous);
      share("outOfOrder", outOfOrder);
      share("late", late);
      share("duplicates", duplicates);
      share("broken", broken);
    }

    private static void share(String name, double value) {
      check(value >= 0 && value <= 1, "share " + name, value, "0 to 1");
    }
  }

  public GeneratorSettings {
    check(startAt >= EventDecoder.EARLIEST_AT, "startAt", startAt, "2000-01-01 or later");
    check(stepNanos >= 0, "stepNanos", stepNanos, "0 or more");
    check(users > 0, "users", users, "1 or more");
    check(items > 0 && items <= 10_000_000, "items", items, "1 to 10000000");
    check(skew >= 0 && skew <= 10, "skew", skew, "0 to 10");
  }

  /** A day a million records, 50,000 users, 5,000 items, flaws as on a normal day. */
  public static GeneratorSettings standard(long seed) {
    return new GeneratorSettings(seed, START_AT, 86_400_000, 50_000, 5_000, 1.0, Shares.NORMAL);
  }

  /** The same, with so much event time between records that this many of them fill the span. */
  public GeneratorSettings over(long records, Duration span) {
    check(records > 0, "records", records, "1 or more");
    return withStep(span.toNanos() / records);
  }

  /** The same, with event time that passes as it does for whoever sends at this rate. */
  public GeneratorSettings atRate(double perSecond) {
    check(perSecond > 0, "rate", perSecond, "more than 0 a second");
    return withStep((long) (1e9 / perSecond));
  }

  /** The same from another event time on, in milliseconds since the epoch. */
  public GeneratorSettings from(long at) {
    return new GeneratorSettings(seed, at, stepNanos, users, items, skew, shares);
  }

  /** The same with another number of users and items. */
  public GeneratorSettings withPopulation(int newUsers, int newItems) {
    return new GeneratorSettings(seed, startAt, stepNanos, newUsers, newItems, skew, shares);
  }

  /** The same with other flaws. */
  public GeneratorSettings withShares(Shares newShares) {
    return new GeneratorSettings(seed, startAt, stepNanos, users, items, skew, newShares);
  }

  /** The same with another seed. */
  GeneratorSettings withSeed(long newSeed) {
    return new GeneratorSettings(newSeed, startAt, stepNanos, users, items, skew, shares);
  }

  /** The same with another step of event time, in nanoseconds. */
  GeneratorSettings withStep(long nanos) {
    return new GeneratorSettings(seed, startAt, nanos, users, items, skew, shares);
  }

  /** The event time of a record, in milliseconds since the epoch. */
  long moment(long number) {
    return startAt + TimeUnit.NANOSECONDS.toMillis(number * stepNanos);
  }

  /** A number that other settings hardly share. */
  long fingerprint() {
    long[] parts = {
      startAt,
      stepNanos,
      users,
      items,
      Double.doubleToLongBits(skew),
      Double.doubleToLongBits(shares.anonymous),
      Double.doubleToLongBits(shares.outOfOrder),
      Double.doubleToLongBits(shares.late),
      Double.doubleToLongBits(shares.duplicates),
      Double.doubleToLongBits(shares.broken)
    };
    return mixed(seed, parts);
  }

  /** A number that a seed and other numbers hardly share with others. */
  static long mixed(long seed, long... parts) {
    long mixed = seed;
    for (long part : parts) {
      mixed = new SplittableRandom(mixed ^ part).nextLong();
    }
    return mixed;
  }

  static void check(boolean holds, String name, Object seen, String allowed) {
    if (!holds) {
      throw new DataException(
          "%s: %s; allowed: %s".formatted(name, seen, allowed), "Give a value that is allowed");
    }
  }
}
