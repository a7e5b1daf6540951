package io.kappa.local.data;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The accounts of a world: how often each pays, how much, and at which terminals, which are those
 * near it.
 */
final class Payers {

  private static final int TERMINALS_PER_CELL = 9;
  private static final int CELLS_AROUND = 9;
  private static final int LEAST_MEAN_CENTS = 500;
  private static final int MOST_MEAN_CENTS = 10_000;
  private static final int MOST_WEIGHT = 4_000;
  private static final long SEED = 103;

  private final int terminals;

  /** Length of the map's side, in cells. A terminal's number, modulo the cells, is its cell. */
  private final int side;

  private final int cells;
  private final int[] cellOfAccount;
  private final int[] meanCents;
  private final long[] cumulatedWeights;

  Payers(WorldSettings world) {
    SplittableRandom random = new SplittableRandom(world.seed(SEED));
    terminals = world.terminals();
    side = Math.max(1, (int) StrictMath.sqrt((double) terminals / TERMINALS_PER_CELL));
    cells = side * side;
    cellOfAccount = new int[world.accounts()];
    meanCents = new int[world.accounts()];
    cumulatedWeights = new long[world.accounts()];
    long sum = 0;
    for (int i = 0; i < world.accounts(); i++) {
      cellOfAccount[i] = random.nextInt(cells);
      meanCents[i] = random.nextInt(LEAST_MEAN_CENTS, MOST_MEAN_CENTS + 1);
      sum += 1 + random.nextInt(MOST_WEIGHT);
      cumulatedWeights[i] = sum;
    }
  }

  /** An account that pays; some pay far more often than others. */
  int account(SplittableRandom random) {
    long point = random.nextLong(cumulatedWeights[cumulatedWeights.length - 1]);
    int found = Arrays.binarySearch(cumulatedWeights, point);
    return found < 0 ? -found - 1 : found + 1;
  }

  /** A terminal near the account. */
  int terminal(int account, SplittableRandom random) {
    int place = random.nextInt(near(account));
    int around = 0;
    while (place >= terminalsAround(account, around)) {
      place -= terminalsAround(account, around);
      around++;
    }
    return cellAround(account, around) + place * cells;
  }

  /** How many terminals are in the account's cell and in those around it. */
  int near(int account) {
    int near = 0;
    for (int around = 0; around < CELLS_AROUND; around++) {
      near += terminalsAround(account, around);
    }
    return near;
  }

  private int terminalsAround(int account, int around) {
    int cell = cellAround(account, around);
    return cell < 0 ? 0 : (terminals - cell + cells - 1) / cells;
  }

  /** One of the nine cells; -1 where it would be off the map. */
  private int cellAround(int account, int around) {
    int row = cellOfAccount[account] / side + around / 3 - 1;
    int column = cellOfAccount[account] % side + around % 3 - 1;
    boolean onTheMap = row >= 0 && row < side && column >= 0 && column < side;
    return onTheMap ? row * side + column : -1;
  }

  /** An amount as the account pays it, in cents: around its mean, spread by half of it. */
  long amountCents(int account, SplittableRandom random) {
    int mean = meanCents[account];
    long cents = mean + (long) (mean / 2.0 * bell(random));
    return cents > 0 ? cents : 1 + random.nextLong(2L * mean);
  }

  /** The mean of an account's amounts, in cents. */
  int meanCents(int account) {
    return meanCents[account];
  }

  /** Box and Muller; StrictMath, so that it's the same bits on every machine. */
  private static double bell(SplittableRandom random) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
    return radius * StrictMath.cos(2 * StrictMath.PI * random.nextDouble());
  }
}
