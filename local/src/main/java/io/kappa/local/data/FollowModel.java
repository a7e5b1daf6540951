package io.kappa.local.data;

import io.kappa.common.event.Follow;
import io.kappa.common.event.serde.Topics;
import java.util.SplittableRandom;

/** Users who follow authors, mostly a few very popular ones; some stop doing so later. */
final class FollowModel implements EventModel<Follow> {

  private static final int REMEMBERED = 4096;
  private static final double UNFOLLOWED = 0.12;

  private final int users;
  private final Authors authors;
  private final SplittableRandom random;
  private final Follow[] follows = new Follow[REMEMBERED];

  private FollowModel(WorldSettings world, SplittableRandom random) {
    this.users = world.common().users();
    this.authors = new Authors(world);
    this.random = random;
  }

  /** The records of a generated topic {@code follows}, without end. */
  static RecordStream<Follow> records(WorldSettings world) {
    GeneratorSettings settings = world.of(Topics.FOLLOWS);
    SplittableRandom random = new SplittableRandom(settings.seed());
    FollowModel model = new FollowModel(world, random.split());
    return new RecordStream<>(
        Topics.FOLLOWS, settings, random, model, settings::moment, World.FLAWLESS_AT_FIRST);
  }

  @Override
  public Follow next(String id, long at) {
    int place = random.nextInt(REMEMBERED);
    Follow before = follows[place];
    if (before != null && before.at() < at && random.nextDouble() < UNFOLLOWED) {
      follows[place] = null;
      return new Follow(before.followerId(), before.followeeId(), false, at);
    }
    int follower = authors.active(random);
    int followee = authors.popular(random);
    if (follower == followee) {
      followee = (followee + 1) % users;
    }
    Follow follow = new Follow("u" + follower, "u" + followee, true, at);
    follows[place] = follow;
    return follow;
  }
}
