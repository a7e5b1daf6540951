package io.kappa.local.data;

import io.kappa.common.event.Label;
import io.kappa.common.event.Transaction;
import io.kappa.common.event.serde.Topics;
import io.kappa.local.data.GeneratorSettings.Shares;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * What somebody found out about the transactions of the same world: all fraud and some of the rest
 * is labelled, a while later. Some that is no fraud is called so first and cleared afterwards.
 *
 * <p>It makes the very transactions again that are in the log. Those that readers can't use (broken
 * or late) are never labelled. A label that is late or out of order comes into the log later than
 * it was made, rather than being made before its transaction.
 */
final class LabelModel implements EventModel<Label> {

  private static final double LABELLED = 0.225;
  private static final double CLEARED = 0.02;

  /** A label, and when it comes into the log. */
  private record Due(long moment, long sequence, Label label) {}

  private final RecordStream<Transaction> transactions;
  private final Frauds frauds;
  private final WorldSettings world;
  private final Shares shares;
  private final SplittableRandom random;
  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(Comparator.comparingLong(Due::moment).thenComparingLong(Due::sequence));
  private long sequence;

  private LabelModel(WorldSettings world, SplittableRandom random) {
    this.transactions = TransactionModel.records(world);
    this.frauds = new Frauds(world);
    this.world = world;
    this.shares = world.common().shares();
    this.random = random;
  }

  /** The records of a generated topic {@code labels}, without end. */
  static RecordStream<Label> records(WorldSettings world) {
    GeneratorSettings settings = world.of(Topics.LABELS);
    SplittableRandom random = new SplittableRandom(settings.seed());
    LabelModel model = new LabelModel(world, random.split());
    return new RecordStream<>(
        Topics.LABELS,
        settings.withShares(settings.shares().inOrder()),
        random,
        model,
        number -> model.first().moment(),
        World.FLAWLESS_AT_FIRST);
  }

  @Override
  public Label next(String id, long at) {
    Label label = first().label();
    queue.remove();
    return label;
  }

  /** The label that comes next; it's certain once no later transaction can have one before it. */
  private Due first() {
    while (queue.isEmpty()
        || transactions.moment() + world.soonestLabel() <= queue.element().moment()) {
      label(transactions.nextRecord());
    }
    return queue.element();
  }

  private void label(GeneratedRecord<Transaction> record) {
    Transaction transaction = record.event();
    if (record.broken() || record.copy() || isLate(record)) {
      return;
    }
    boolean fraud = frauds.of(transaction).isPresent();
    if (!fraud && random.nextDouble() >= LABELLED) {
      return;
    }
    boolean cleared = !fraud && random.nextDouble() < CLEARED;
    long delay = delay();
    enqueue(record, fraud || cleared, delay);
    if (cleared) {
      enqueue(record, false, delay + delay());
    }
  }

  private static boolean isLate(GeneratedRecord<Transaction> record) {
    return record.moment() - record.event().at() >= RecordStream.LEAST_LATE;
  }

  private long delay() {
    return world.soonestLabel() + random.nextLong(world.latestLabel() - world.soonestLabel() + 1);
  }

  private void enqueue(GeneratedRecord<Transaction> record, boolean fraud, long delay) {
    Transaction transaction = record.event();
    Label label =
        new Label(
            transaction.transactionId(), transaction.accountId(), fraud, transaction.at() + delay);
    queue.add(new Due(record.moment() + delay + heldUp(), sequence++, label));
  }

  private long heldUp() {
    double share = random.nextDouble();
    if (share < shares.late()) {
      return RecordStream.LEAST_LATE + random.nextLong(RecordStream.LATE_SPREAD);
    }
    return share < shares.late() + shares.outOfOrder()
        ? 1 + random.nextLong(RecordStream.MOST_OUT_OF_ORDER)
        : 0;
  }
}
