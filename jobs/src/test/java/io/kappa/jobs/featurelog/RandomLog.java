package io.kappa.jobs.featurelog;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kappa.common.event.Label;
import io.kappa.common.event.Transaction;
import io.kappa.common.event.serde.Topics;
import io.kappa.jobs.script.EventTimeOracle;
import io.kappa.jobs.script.TopicLog;
import java.util.List;
import java.util.Random;

/**
 * Transactions and labels made from a seed: few accounts and terminals, so that all windows are
 * full; half a year of event time, so that state is freed meanwhile; moments that many share;
 * labels that come early, too late, twice, or for nothing; ids that two accounts use; events out of
 * order, late and from the future, copies, and records that are none.
 */
final class RandomLog {

  private static final long DAY = 86_400_000L;
  private static final long LATENESS = 2 * DAY;
  private static final long FUTURE = DAY / 2;
  static final EventTimeOracle TIMES = new EventTimeOracle(LATENESS, FUTURE);

  private static final long BEGIN = 1_714_550_000_000L;
  static final int RECORDS = 700;
  private static final int ACCOUNTS = 5;
  private static final int TERMINALS = 4;
  private static final List<String> CURRENCIES = List.of("EUR", "EUR", "EUR", "USD");

  private final Random random;
  private final TopicLog<Transaction> transactions;
  private final TopicLog<Label> labels;
  private long clock = BEGIN;

  RandomLog(long seed) {
    this(seed, RECORDS);
  }

  /** The first so many records of the log that the seed makes. */
  RandomLog(long seed, int records) {
    random = new Random(seed);
    transactions = new TopicLog<>(Topics.TRANSACTIONS, 1 + random.nextInt(4), random);
    labels = new TopicLog<>(Topics.LABELS, 1 + random.nextInt(3), random);
    for (int i = 0; i < records; i++) {
      clock += random.nextInt((int) (DAY / 2));
      write(i);
    }
  }

  TopicLog<Transaction> transactions() {
    return transactions;
  }

  TopicLog<Label> labels() {
    return labels;
  }

  private void write(int number) {
    int dice = random.nextInt(100);
    TopicLog<?> either = random.nextBoolean() ? transactions : labels;
    if (dice < 4) {
      either.sendBroken("{\"at\":1}".getBytes(UTF_8), clock);
    } else if (dice < 14) {
      either.sendCopy(clock);
    } else if (dice < 50) {
      int of = Math.max(0, number - random.nextInt(60));
      labels.send(new Label(id(of), account(of), random.nextInt(3) == 0, time()), clock);
    } else {
      transactions.send(
          new Transaction(
              id(number),
              account(number),
              "t" + random.nextInt(TERMINALS),
              random.nextInt(30_000) - 1_000,
              CURRENCIES.get(random.nextInt(CURRENCIES.size())),
              time()),
          clock);
    }
  }

  /** Some ids are used by several accounts. */
  private static String id(int number) {
    return "x" + (number % 20 == 0 ? number / 40 : number + 1_000);
  }

  private static String account(int number) {
    return "a" + number % ACCOUNTS;
  }

  /** Full hours, so that many events share a moment. */
  private long time() {
    int dice = random.nextInt(100);
    long back = (long) (random.nextDouble() * (dice < 40 ? LATENESS : DAY / 24));
    long at =
        dice < 5
            ? clock - LATENESS - (long) (random.nextDouble() * DAY)
            : dice < 10
                ? clock + FUTURE - DAY / 24 + (long) (random.nextDouble() * DAY / 12)
                : clock - back;
    return at - at % (DAY / 24);
  }
}
