package io.kappa.jobs.activitymetrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kappa.common.event.Activity;
import io.kappa.common.event.Activity.Kind;
import io.kappa.common.event.serde.Topics;
import io.kappa.jobs.script.EventTimeOracle;
import io.kappa.jobs.script.TopicLog;
import java.util.List;
import java.util.Random;

/**
 * A log of activity made from a seed: busy and quiet items, events out of order, late and from the
 * future, copies, and records that are none. It covers some hours, so that hours end meanwhile.
 */
final class RandomLog {

  private static final long LATENESS = 90 * 60_000L;
  private static final long FUTURE = 10 * 60_000L;
  static final EventTimeOracle TIMES = new EventTimeOracle(LATENESS, FUTURE);

  private static final long BEGIN = 1_714_550_000_000L;
  private static final int RECORDS = 800;
  private static final List<Kind> KINDS = List.of(Kind.values());
  private static final String[] COUNTRIES = {"NO", "SE", "Côte d'Ivoire", null};

  private final Random random;
  private final TopicLog<Activity> activity;
  private long clock = BEGIN;

  RandomLog(long seed) {
    random = new Random(seed);
    activity = new TopicLog<>(Topics.ACTIVITY, 1 + random.nextInt(5), random);
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
    } else if (dice < 16) {
      activity.sendCopy(clock);
    } else {
      activity.send(activity("id-" + number, time(random.nextInt(100))), clock);
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
    return clock - random.nextInt(dice < 40 ? (int) LATENESS : 60_000);
  }

  private Activity activity(String id, long at) {
    String user = random.nextInt(5) == 0 ? null : "user-" + square(30);
    return new Activity(
        id,
        user,
        "item-" + square(40),
        KINDS.get(random.nextInt(KINDS.size())),
        at,
        orNull(random.nextInt(5_000)),
        orNull(random.nextInt(10) - 2),
        orNull(random.nextInt(10_000) - 2_000),
        COUNTRIES[random.nextInt(COUNTRIES.length)],
        null);
  }

  /** Small numbers far more often than large ones. */
  private int square(int bound) {
    double share = random.nextDouble();
    return (int) (bound * share * share * share);
  }

  private Long orNull(long value) {
    return random.nextInt(6) == 0 ? null : value;
  }
}
