package io.kappa.jobs.trending;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kappa.common.event.Post;
import io.kappa.common.event.serde.Topics;
import io.kappa.jobs.script.EventTimeOracle;
import io.kappa.jobs.script.TopicLog;
import java.util.List;
import java.util.Random;

/**
 * A log of posts made from a seed: few tags in many spellings, so that ranks are close and tie;
 * posts out of order, late and from the future, copies, the same id again with other words, and
 * records that are none. It covers some hours, so that windows end meanwhile.
 */
final class RandomPosts {

  private static final long LATENESS = 40 * 60_000L;
  private static final long FUTURE = 10 * 60_000L;
  static final EventTimeOracle TIMES = new EventTimeOracle(LATENESS, FUTURE);

  private static final long BEGIN = 1_714_550_000_000L;
  private static final int RECORDS = 700;
  private static final List<String> TAGS =
      List.of(
          "#Flink",
          "#FLINK",
          "#flink",
          "#kafka",
          "#Straße",
          "#STRASSE",
          "#ΟΔΟΣ",
          "#οδος",
          "#été",
          "#e\u0301te\u0301",
          "＃ｗｉｄｅ",
          "#wide",
          "#2024",
          "#a1",
          "no#tag",
          "&#39;",
          "##",
          "#_",
          "#日本",
          "#b",
          "#c",
          "#d",
          "#e",
          "#f");

  private final Random random;
  private final TopicLog<Post> posts;
  private long clock = BEGIN;

  RandomPosts(long seed) {
    random = new Random(seed);
    posts = new TopicLog<>(Topics.POSTS, 1 + random.nextInt(5), random);
    for (int i = 0; i < RECORDS; i++) {
      clock += random.nextInt(30_000);
      write(i);
    }
  }

  TopicLog<Post> posts() {
    return posts;
  }

  private void write(int number) {
    int dice = random.nextInt(100);
    if (dice < 4) {
      posts.sendBroken(random.nextBoolean() ? null : "{\"postId\":".getBytes(UTF_8), clock);
    } else if (dice < 16) {
      posts.sendCopy(clock);
    } else {
      int id = dice < 20 ? random.nextInt(number + 1) : number;
      posts.send(new Post("p" + id, "author-" + random.nextInt(6), text(), time(), null), clock);
    }
  }

  private long time() {
    int dice = random.nextInt(100);
    if (dice < 5) {
      return clock - LATENESS - random.nextInt(60 * 60_000);
    }
    if (dice < 10) {
      return clock + FUTURE - 60_000 + random.nextInt(120_000);
    }
    return clock - random.nextInt(dice < 40 ? (int) LATENESS : 60_000);
  }

  private String text() {
    StringBuilder text = new StringBuilder("so");
    for (int i = random.nextInt(4); i > 0; i--) {
      double share = random.nextDouble();
      text.append(random.nextBoolean() ? " " : ", ")
          .append(TAGS.get((int) (TAGS.size() * share * share)));
    }
    return text.toString();
  }
}
