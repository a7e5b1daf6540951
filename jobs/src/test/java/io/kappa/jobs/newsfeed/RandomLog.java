package io.kappa.jobs.newsfeed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kappa.common.event.Follow;
import io.kappa.common.event.Post;
import io.kappa.common.event.serde.Topics;
import io.kappa.jobs.script.EventTimeOracle;
import io.kappa.jobs.script.TopicLog;
import java.util.List;
import java.util.Random;

/**
 * Posts and follow events made from a seed: few people, who begin and cease to follow each other
 * all the time, often at the very moment of a post; events out of order, late and from the future,
 * copies, post ids used twice, and records that are none.
 */
final class RandomLog {

  private static final long LATENESS = 40 * 60_000L;
  private static final long FUTURE = 10 * 60_000L;
  static final EventTimeOracle TIMES = new EventTimeOracle(LATENESS, FUTURE);

  private static final long BEGIN = 1_714_550_000_000L;
  private static final long MOMENT = 60_000;
  private static final int RECORDS = 600;
  private static final int PEOPLE = 6;

  private final Random random;
  private final TopicLog<Post> posts;
  private final TopicLog<Follow> follows;
  private long clock = BEGIN;

  RandomLog(long seed) {
    random = new Random(seed);
    posts = new TopicLog<>(Topics.POSTS, 1 + random.nextInt(4), random);
    follows = new TopicLog<>(Topics.FOLLOWS, 1 + random.nextInt(3), random);
    for (int i = 0; i < RECORDS; i++) {
      clock += random.nextInt(60_000);
      write(i);
    }
  }

  TopicLog<Post> posts() {
    return posts;
  }

  TopicLog<Follow> follows() {
    return follows;
  }

  List<TopicLog<?>> all() {
    return List.of(posts, follows);
  }

  private void write(int number) {
    int dice = random.nextInt(100);
    TopicLog<?> either = random.nextBoolean() ? posts : follows;
    if (dice < 4) {
      either.sendBroken("{\"at\":1}".getBytes(UTF_8), clock);
    } else if (dice < 16) {
      either.sendCopy(clock);
    } else if (dice < 60) {
      follows.send(new Follow(somebody(), somebody(), random.nextInt(3) > 0, time()), clock);
    } else {
      int id = dice < 64 ? random.nextInt(number + 1) : number;
      posts.send(new Post("p" + id, somebody(), "text " + number, time(), null), clock);
    }
  }

  private String somebody() {
    return "u" + random.nextInt(PEOPLE);
  }

  /** Full minutes, so that many events share a moment. */
  private long time() {
    int dice = random.nextInt(100);
    long back = random.nextInt(dice < 40 ? (int) LATENESS : 60_000);
    long at =
        dice < 5
            ? clock - LATENESS - random.nextInt(60 * 60_000)
            : dice < 10 ? clock + FUTURE - 60_000 + random.nextInt(120_000) : clock - back;
    return at - at % MOMENT;
  }
}
