package io.kappa.local.data;

import io.kappa.common.event.Transaction;
import io.kappa.common.event.serde.Topics;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;

/**
 * Accounts that pay at terminals near them, by day more than by night, and three kinds of {@link
 * FraudKind fraud}.
 */
final class TransactionModel implements EventModel<Transaction> {

  private final Payers payers;
  private final Frauds frauds;
  private final SplittableRandom random;

  private TransactionModel(WorldSettings world, SplittableRandom random) {
    this.payers = new Payers(world);
    this.frauds = new Frauds(world);
    this.random = random;
  }

  /** The records of a generated topic {@code transactions}, without end. */
  static RecordStream<Transaction> records(WorldSettings world) {
    GeneratorSettings settings = world.of(Topics.TRANSACTIONS);
    SplittableRandom random = new SplittableRandom(settings.seed());
    TransactionModel model = new TransactionModel(world, random.split());
    return new RecordStream<>(
        Topics.TRANSACTIONS,
        settings,
        random,
        model,
        schedule(world, settings),
        World.FLAWLESS_AT_FIRST);
  }

  private static LongUnaryOperator schedule(WorldSettings world, GeneratorSettings settings) {
    if (!world.byDaylight()) {
      return settings::moment;
    }
    Daylight daylight = new Daylight();
    long head = daylight.even(settings.startAt()) - settings.startAt();
    return number -> Math.max(settings.startAt(), daylight.bent(head + settings.moment(number)));
  }

  @Override
  public Transaction next(String id, long at) {
    int account = payers.account(random);
    int terminal = payers.terminal(account, random);
    long cents = payers.amountCents(account, random);
    long amount = frauds.isThefts(id, account, at) ? cents * Frauds.TIMES_LARGER : cents;
    return new Transaction(id, "a" + account, "t" + terminal, amount, "EUR", at);
  }
}
