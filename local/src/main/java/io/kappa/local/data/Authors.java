package io.kappa.local.data;

import java.util.SplittableRandom;

/** Who writes and who is followed: users of a world, a few of them far more popular than others. */
final class Authors {

  private static final int MOST_RANKS = 100_000;
  private static final long STRIDE = 7_919;

  private final int users;
  private final Zipf ranks;

  Authors(WorldSettings world) {
    this.users = world.common().users();
    this.ranks = new Zipf(Math.min(users, MOST_RANKS), 1.0);
  }

  /** Somebody, in proportion to how popular they are. */
  int popular(SplittableRandom random) {
    return atRank(ranks.draw(random));
  }

  /** Somebody, in proportion to how much they do. */
  int active(SplittableRandom random) {
    double place = random.nextDouble();
    return (int) (place * place * users);
  }

  /** The user who is the most popular but so many. */
  int atRank(int rank) {
    // Who is popular isn't who does most.
    return (int) ((rank * STRIDE + users / 2) % users);
  }
}
