package io.kappa.jobs.frauddetection;

import io.kappa.jobs.frauddetection.rules.Evidence;
import io.kappa.jobs.frauddetection.rules.Payment;
import io.kappa.jobs.frauddetection.rules.Scope;
import io.kappa.jobs.frauddetection.rules.Totals;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.ValueState;

/**
 * The payments of one account or terminal, and the confirmations of a terminal, on the heap: a day
 * is read when somebody wants to see into it, and written if it was changed.
 */
final class History implements Evidence {

  private final Scope scope;
  private final String key;
  private final Stored stored;
  private final TreeMap<Integer, DayTotals> index;
  private final Map<Integer, OpenDay> days = new HashMap<>();
  private final Map<Integer, OpenConfirmations> confirmations = new HashMap<>();
  private boolean indexChanged;

  /** State of the current key. */
  record Stored(
      ValueState<DayIndex> index,
      MapState<Integer, PaymentDay> days,
      MapState<Integer, ConfirmedDay> confirmed) {}

  /** Judges a payment, and says whether it's alerted from now on. */
  interface Judge {
    boolean isAlerted(Payment payment, boolean wasAlerted) throws Exception;
  }

  /**
   * @param key the account or terminal; must be the current key as long as this is used
   */
  History(Scope scope, String key, Stored stored) throws Exception {
    this.scope = scope;
    this.key = key;
    this.stored = stored;
    DayIndex state = stored.index().value();
    this.index = state == null ? new TreeMap<>() : state.totals();
  }

  /**
   * Takes a payment in.
   *
   * @return whether it's the first of anything on its day
   */
  boolean add(Payment payment) {
    int day = Days.of(payment.at());
    String other = scope == Scope.ACCOUNT ? payment.terminalId() : payment.accountId();
    day(day).add(payment.at(), payment.amountCents(), payment.transactionId(), other);
    return count(day, totals(day).withPayment(payment.amountCents()));
  }

  /**
   * Takes a confirmation in.
   *
   * @return whether it's the first of anything on its day
   */
  boolean add(Confirmation confirmation) {
    int day = Days.of(confirmation.from());
    return confirmations(day).add(confirmation) && count(day, totals(day).withConfirmation());
  }

  private boolean count(int day, DayTotals totals) {
    indexChanged = true;
    return index.put(day, totals) == null;
  }

  private DayTotals totals(int day) {
    return index.getOrDefault(day, DayTotals.NONE);
  }

  /** Has each payment of a span judged, in the order of time. */
  void judge(long from, long until, Judge judge) throws Exception {
    for (Map.Entry<Integer, DayTotals> entry : index.tailMap(Days.of(from), true).entrySet()) {
      if (entry.getValue().payments().count() > 0) {
        judge(day(entry.getKey()), from, until, judge);
      }
    }
  }

  private void judge(OpenDay day, long from, long until, Judge judge) throws Exception {
    for (int i = day.upTo(from - 1); i < day.size() && day.at(i) < until; i++) {
      day.setAlerted(i, judge.isAlerted(payment(day, i), day.isAlerted(i)));
    }
  }

  private Payment payment(OpenDay day, int i) {
    return switch (scope) {
      case ACCOUNT -> new Payment(day.transactionId(i), key, day.other(i), day.at(i), day.cents(i));
      case TERMINAL ->
          new Payment(day.transactionId(i), day.other(i), key, day.at(i), day.cents(i));
    };
  }

  @Override
  public Totals totals(long after, long upTo) {
    int first = Days.of(after);
    int last = Days.of(upTo);
    Totals totals = within(first, after, upTo);
    if (first == last) {
      return totals;
    }
    for (DayTotals whole : index.subMap(first, false, last, false).values()) {
      totals = totals.plus(whole.payments());
    }
    return totals.plus(within(last, after, upTo));
  }

  private Totals within(int day, long after, long upTo) {
    return totals(day).payments().count() == 0 ? Totals.NONE : day(day).totals(after, upTo);
  }

  @Override
  public void terminalsNewestFirst(long after, long upTo, Predicate<String> enough) {
    for (Map.Entry<Integer, DayTotals> entry : newestFirst(after, upTo).entrySet()) {
      if (entry.getValue().payments().count() > 0) {
        OpenDay day = day(entry.getKey());
        int least = day.upTo(after);
        for (int i = day.upTo(upTo) - 1; i >= least; i--) {
          if (enough.test(day.other(i))) {
            return;
          }
        }
      }
    }
  }

  @Override
  public boolean hasConfirmed(int frauds, long after, long upTo) {
    int standing = 0;
    for (Map.Entry<Integer, DayTotals> entry : newestFirst(after, upTo).entrySet()) {
      if (entry.getValue().confirmed() > 0) {
        standing += confirmations(entry.getKey()).standing(after, upTo, frauds - standing);
        if (standing == frauds) {
          return true;
        }
      }
    }
    return false;
  }

  private NavigableMap<Integer, DayTotals> newestFirst(long after, long upTo) {
    return index.subMap(Days.of(after), true, Days.of(upTo), true).descendingMap();
  }

  private OpenDay day(int number) {
    return days.computeIfAbsent(
        number, day -> new OpenDay(read(stored.days(), day, PaymentDay.NONE)));
  }

  private OpenConfirmations confirmations(int number) {
    return confirmations.computeIfAbsent(
        number, day -> new OpenConfirmations(read(stored.confirmed(), day, ConfirmedDay.NONE)));
  }

  private static <S> S read(MapState<Integer, S> state, int day, S otherwise) {
    try {
      S held = state.get(day);
      return held == null ? otherwise : held;
    } catch (Exception e) {
      throw new IllegalStateException("Day %d can't be read from state".formatted(day), e);
    }
  }

  /** Writes what was changed. */
  void write() throws Exception {
    for (Map.Entry<Integer, OpenDay> day : days.entrySet()) {
      if (day.getValue().isChanged()) {
        stored.days().put(day.getKey(), day.getValue().state());
      }
    }
    for (Map.Entry<Integer, OpenConfirmations> day : confirmations.entrySet()) {
      if (day.getValue().isChanged()) {
        stored.confirmed().put(day.getKey(), day.getValue().state());
      }
    }
    if (indexChanged) {
      stored.index().update(DayIndex.of(index));
    }
  }
}
