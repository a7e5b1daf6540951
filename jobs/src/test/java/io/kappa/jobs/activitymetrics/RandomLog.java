package io.kappa.jobs.activitymetrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kappa.common.event.Activity;
import io.kappa.common.event.Activity.Kind;
import io.kappa.common.event.serde.Topics;
import io.kappa.jobs.script.EventTimeOracle.Written;
import io.kappa.jobs.script.LoggedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A log of activity made from a seed: busy and quiet items, events out of order, late and from the
 * future, copies, and records that are none. It covers some hours, so that hours end meanwhile.
 */
final class RandomLog {

  static final long LATENESS = 90 * 60_000L;
  static final long FUTURE = 10 * 60_000L;

  private static final long BEGIN = 1_714_550_000_000L;
  private static final int RECORDS = 800;
  private static final List<Kind> KINDS = List.of(Kind.values());
  private static final String[] COUNTRIES = {"NO", "SE", "Côte d'Ivoire", null};

  private final Random random;
  private final List<List<Written<Activity>>> partitions;
  private final List<Activity> sent = new ArrayList<>();
  private long clock = BEGIN;

  RandomLog(long seed) {
    random = new Random(seed);
    int count = 1 + random.nextInt(5);
    partitions =
        IntStream.range(0, count)
            .<List<Written<Activity>>>mapToObj(p -> new ArrayList<>())
            .toList();
    for (int i = 0; i < RECORDS; i++) {
      clock += random.nextInt(60_000);
      write(i);
    }
  }

  List<List<Written<Activity>>> partitions() {
    return partitions;
  }

  private void write(int number) {
    int dice = random.nextInt(100);
    if (dice < 4) {
      append(random.nextInt(partitions.size()), null, broken());
    } else if (dice < 16 && !sent.isEmpty()) {
      send(sent.get(random.nextInt(sent.size())));
    } else {
      Activity fresh = activity("id-" + number, time(random.nextInt(100)));
      sent.add(fresh);
      send(fresh);
    }
  }

  private void send(Activity event) {
    String user = event.userId();
    int partition =
        user == null
            ? random.nextInt(partitions.size())
            : Math.floorMod(user.hashCode(), partitions.size());
    append(partition, event, Topics.encoder(Topics.ACTIVITY).encode(event));
  }

  private void append(int number, Activity event, byte[] value) {
    List<Written<Activity>> partition = partitions.get(number);
    partition.add(new Written<>(new LoggedRecord(number, partition.size(), clock, value), event));
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
