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
  private static final int[] NOBODY = {};
  private static final int LEAST_MEAN_CENTS = 500;
  private static final int MOST_MEAN_CENTS = 10_000;
  private static final int MOST_WEIGHT = 4_000;
  private static final long SEED = 103;

  private final int terminals;

  /** Length of the map's side, in cells. */
  private final int side;

  private final int[][] terminalsOfCell;
  private final int[] cellOfAccount;
  private final int[] meanCents;
  private final long[] cumulatedWeights;

  Payers(WorldSettings world) {
    SplittableRandom random = new SplittableRandom(world.seed(SEED));
    terminals = world.terminals();
    side = Math.max(1, (int) StrictMath.sqrt((double) terminals / TERMINALS_PER_CELL));
    terminalsOfCell = terminalsOfCells(random);
    cellOfAccount = new int[world.accounts()];
    meanCents = new int[world.accounts()];
    cumulatedWeights = new long[world.accounts()];
    long sum = 0;
    for (int i = 0; i < world.accounts(); i++) {
      cellOfAccount[i] = random.nextInt(side * side);
      meanCents[i] = random.nextInt(LEAST_MEAN_CENTS, MOST_MEAN_CENTS + 1);
      sum += 1 + random.nextInt(MOST_WEIGHT);
      cumulatedWeights[i] = sum;
    }
  }

  private int[][] terminalsOfCells(SplittableRandom random) {
    int[] cells = new int[terminals];
    int[] sizes = new int[side * side];
    for (int i = 0; i < terminals; i++) {
      cells[i] = random.nextInt(sizes.length);
      sizes[cells[i]]++;
    }
    int[][] members = new int[sizes.length][];
    Arrays.setAll(members, cell -> new int[sizes[cell]]);
    for (int i = terminals - 1; i >= 0; i--) {
      members[cells[i]][--sizes[cells[i]]] = i;
    }
    return members;
  }

  /** An account that pays; some pay far more often than others. */
  int account(SplittableRandom random) {
    long point = random.nextLong(cumulatedWeights[cumulatedWeights.length - 1]);
    int found = Arrays.binarySearch(cumulatedWeights, point);
    return found < 0 ? -found - 1 : found + 1;
  }

  /** A terminal near the account. */
  int terminal(int account, SplittableRandom random) {
    int place = random.nextInt(Math.max(1, near(account)));
    for (int i = 0; i < CELLS_AROUND; i++) {
      int[] members = around(account, i);
      if (place < members.length) {
        return members[place];
      }
      place -= members.length;
    }
    // Nobody set one up near here.
    return random.nextInt(terminals);
  }

  /** How many terminals are in the account's cell and in those around it. */
  int near(int account) {
    int near = 0;
    for (int i = 0; i < CELLS_AROUND; i++) {
      near += around(account, i).length;
    }
    return near;
  }

  /** The terminals of one of the nine cells. */
  private int[] around(int account, int i) {
    int row = cellOfAccount[account] / side + i / 3 - 1;
    int column = cellOfAccount[account] % side + i % 3 - 1;
    boolean onTheMap = row >= 0 && row < side && column >= 0 && column < side;
    return onTheMap ? terminalsOfCell[row * side + column] : NOBODY;
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
