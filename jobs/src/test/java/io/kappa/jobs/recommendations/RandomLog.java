package io.kappa.jobs.recommendations;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kappa.common.event.Activity;
import io.kappa.common.event.Activity.Kind;
import io.kappa.common.event.serde.Topics;
import io.kappa.jobs.script.EventTimeOracle;
import io.kappa.jobs.script.TopicLog;
import java.util.List;
import java.util.Random;

/**
 * A log of activity made from a seed: so few users and items that everything collides, times that
 * are often equal, events out of order, late and from the future, copies, the same id with other
 * content, nobody's events, and records that are none.
 */
final class RandomLog {

  private static final long LATENESS = 90 * 60_000L;
  private static final long FUTURE = 10 * 60_000L;
  static final EventTimeOracle TIMES = new EventTimeOracle(LATENESS, FUTURE);

  private static final long BEGIN = 1_714_550_400_000L;
  private static final long STEP = 5 * 60_000L;
  private static final int RECORDS = 600;
  private static final List<Kind> KINDS = List.of(Kind.values());

  private final Random random;
  private final TopicLog<Activity> activity;
  private final int users;
  private final int items;
  private long clock = BEGIN;

  RandomLog(long seed) {
    random = new Random(seed);
    activity = new TopicLog<>(Topics.ACTIVITY, 1 + random.nextInt(5), random);
    users = 4 + random.nextInt(20);
    items = 4 + random.nextInt(30);
    for (int i = 0; i < RECORDS; i++) {
      clock += random.nextInt(60_000);
      write(i);
    }
  }

  TopicLog<Activity> activity() {
    return activity;
  }

  private void write(int number) {
    int dice = random.nextInt(100);
    if (dice < 4) {
      activity.sendBroken(broken(), clock);
    } else if (dice < 14) {
      activity.sendCopy(clock);
    } else {
      int id = random.nextInt(20) == 0 ? random.nextInt(number + 1) : number;
      activity.send(activity("id-" + id, time(random.nextInt(100))), clock);
    }
  }

  private byte[] broken() {
    return switch (random.nextInt(3)) {
      case 0 -> null;
      case 1 -> "{\"eventId\":\"cut".getBytes(UTF_8);
      default -> "{\"eventId\":\"a\",\"itemId\":\"b\",\"kind\":\"dance\",\"at\":1}".getBytes(UTF_8);
    };
  }

  private long time(int dice) {
    if (dice < 5) {
      return clock - LATENESS - random.nextInt(60 * 60_000);
    }
    if (dice < 10) {
      return clock + FUTURE - 60_000 + random.nextInt(120_000);
    }
    long at = clock - random.nextInt(dice < 50 ? (int) LATENESS : 60_000);
    return at - Math.floorMod(at, STEP);
  }

  private Activity activity(String id, long at) {
    String user = random.nextInt(10) == 0 ? null : "user-" + skewed(users);
    Kind kind = random.nextInt(5) > 0 ? Kind.PURCHASE : KINDS.get(random.nextInt(KINDS.size()));
    return new Activity(id, user, "item-" + skewed(items), kind, at, null, null, null, null, null);
  }

  /** Small numbers more often than large ones. */
  private int skewed(int bound) {
    double share = random.nextDouble();
    return (int) (bound * share * share);
  }
}
