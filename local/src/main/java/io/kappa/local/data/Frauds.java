package io.kappa.local.data;

import io.kappa.common.event.Transaction;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Which transactions of a world are fraud: a pure function of the world's settings and the
 * transaction.
 */
public final class Frauds {

  /** What is above this is fraud, in cents. */
  static final long AMOUNT_CENTS = 22_000;

  /** How many times larger a thief's transaction is. */
  static final int TIMES_LARGER = 5;

  private static final int TERMINAL_DAYS = 28;
  private static final int CARD_DAYS = 14;
  private static final int THEFTS_ONE_IN = 3;
  private static final long SEED_OF_TERMINALS = 101;
  private static final long SEED_OF_CARDS = 102;

  private final WorldSettings world;
  private final Episodes terminals;
  private final Episodes cards;

  public Frauds(WorldSettings world) {
    this.world = world;
    this.terminals =
        new Episodes(world.seed(SEED_OF_TERMINALS), world.terminals(), 2, 10_000, TERMINAL_DAYS);
    this.cards = new Episodes(world.seed(SEED_OF_CARDS), world.accounts(), 3, 5_000, CARD_DAYS);
  }

  /**
   * Why a transaction of this world is fraud; empty where it isn't. One that is so for several
   * reasons has the rarest: card before terminal before amount.
   */
  public Optional<FraudKind> of(Transaction transaction) {
    if (isThefts(transaction.transactionId(), account(transaction), transaction.at())) {
      return Optional.of(FraudKind.CARD);
    }
    if (isBad(terminal(transaction), transaction.at())) {
      return Optional.of(FraudKind.TERMINAL);
    }
    return transaction.amountCents() > AMOUNT_CENTS
        ? Optional.of(FraudKind.AMOUNT)
        : Optional.empty();
  }

  /** Whether all that is paid at the terminal at that time is fraud. */
  boolean isBad(int terminal, long at) {
    return terminals.hit(terminal, world.day(at));
  }

  /** Whether the account's card is in the hands of a thief at that time. */
  boolean isStolen(int account, long at) {
    return cards.hit(account, world.day(at));
  }

  /** Whether it is the thief who makes this transaction; it's the owner who makes the others. */
  boolean isThefts(String transactionId, int account, long at) {
    return isStolen(account, at)
        && new SplittableRandom(transactionId.hashCode()).nextInt(THEFTS_ONE_IN) == 0;
  }

  private static int account(Transaction transaction) {
    return number(transaction.accountId());
  }

  private static int terminal(Transaction transaction) {
    return number(transaction.terminalId());
  }

  private static int number(String id) {
    return Integer.parseInt(id, 1, id.length(), 10);
  }
}
