package io.kappa.jobs.frauddetection;

import io.kappa.common.event.Rule;
import io.kappa.jobs.frauddetection.rules.Payment;
import io.kappa.jobs.frauddetection.rules.Reading;
import io.kappa.jobs.frauddetection.rules.RuleBook;
import io.kappa.jobs.frauddetection.rules.RuleLanguage;
import io.kappa.jobs.frauddetection.rules.Scope;
import io.kappa.jobs.frauddetection.rules.Span;
import io.kappa.jobs.frauddetection.rules.Wording;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.IntSerializer;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Holds the payments of accounts, or of terminals, against the rules of that scope, and says anew
 * what they find where a payment, a label or a rule of an earlier moment is read later.
 *
 * <p>What came for a key waits on the heap until the next barrier, but never longer than until a
 * watermark makes a verdict on it final. So a key that gets a thousand payments is read, judged and
 * written once. That needs the barrier, which only an operator sees; a function doesn't.
 *
 * @param <E> what comes, by account or by terminal; the second input is the rules, in every subtask
 */
abstract class Watch<E> extends AbstractStreamOperator<Verdict>
    implements TwoInputStreamOperator<E, Rule, Verdict>, Triggerable<String, Integer> {

  private static final long serialVersionUID = 1L;

  /** So much waits at most, some 5 MB; with more, all is judged at once. */
  static final int MOST_WAITING = 20_000;

  static final String INDEX = "index";
  static final String DAYS = "days";
  static final String CONFIRMED = "confirmed";

  private final Scope scope;
  private final Horizons horizons;
  private final ArrayList<Wording> builtin;

  private transient History.Stored stored;
  private transient BroadcastState<WordingId, Rule> told;
  private transient InternalTimerService<Integer> timers;
  private transient RuleBook book;
  private transient Map<String, Pending> pending;
  private transient int waiting;
  private transient long since;

  /**
   * @param builtin rules that hold besides those that are told
   */
  Watch(Scope scope, Horizons horizons, List<Wording> builtin) {
    this.scope = scope;
    this.horizons = horizons;
    this.builtin = new ArrayList<>(builtin);
  }

  @Override
  public void open() throws Exception {
    super.open();
    stored =
        new History.Stored(
            getPartitionedState(
                new ValueStateDescriptor<>(INDEX, TypeInformation.of(DayIndex.class))),
            getPartitionedState(
                new MapStateDescriptor<>(DAYS, Types.INT, TypeInformation.of(PaymentDay.class))),
            getPartitionedState(
                new MapStateDescriptor<>(
                    CONFIRMED, Types.INT, TypeInformation.of(ConfirmedDay.class))));
    told =
        getOperatorStateBackend()
            .getBroadcastState(
                new MapStateDescriptor<>(
                    "rules", TypeInformation.of(WordingId.class), TypeInformation.of(Rule.class)));
    timers = getInternalTimerService("days", IntSerializer.INSTANCE, this);
    book = new RuleBook(builtin);
    for (Map.Entry<WordingId, Rule> rule : told.immutableEntries()) {
      book.put(wording(rule.getValue()));
    }
    pending = new HashMap<>();
    since = Long.MAX_VALUE;
  }

  private Wording wording(Rule rule) {
    Reading reading = RuleLanguage.read(rule, horizons.window());
    if (reading instanceof Reading.Bad bad) {
      throw new IllegalStateException(
          "Rule %s, %s; bad rules must be kept from the job"
              .formatted(rule.ruleId(), bad.problem()));
    }
    return ((Reading.Ok) reading).wording();
  }

  /** What was freed may have counted for a late event. */
  final void requireOngoing(long at, String what) {
    if (at <= timers.currentWatermark()) {
      throw new IllegalStateException(
          "%s got an event of %s, but the watermark is %s already; late events must be kept from the job"
              .formatted(
                  what, Instant.ofEpochMilli(at), Instant.ofEpochMilli(timers.currentWatermark())));
    }
  }

  final Horizons horizons() {
    return horizons;
  }

  /** Whether the day of this moment was freed already, so that no payment to come sees it. */
  final boolean isFreed(long at) {
    return freedAt(Days.of(at)) <= timers.currentWatermark();
  }

  private long freedAt(int day) {
    return Days.last(day) + horizons.payment(scope);
  }

  /** Lets a payment wait; the current key may be another afterwards. */
  final void await(String key, Payment payment) throws Exception {
    pending.computeIfAbsent(key, account -> new Pending()).add(payment);
    awaited(payment.at());
  }

  /** Lets a confirmation wait; the current key may be another afterwards. */
  final void await(String key, Confirmation confirmation) throws Exception {
    pending.computeIfAbsent(key, terminal -> new Pending()).add(confirmation);
    awaited(confirmation.since());
  }

  private void awaited(long at) throws Exception {
    since = Math.min(since, at);
    if (++waiting >= MOST_WAITING) {
      judgeAll();
    }
  }

  @Override
  public void processElement2(StreamRecord<Rule> element) throws Exception {
    Rule rule = element.getValue();
    requireOngoing(rule.effectiveFrom(), "Rule " + rule.ruleId());
    Optional<Span> changed = book.put(wording(rule));
    if (changed.isEmpty()) {
      return;
    }
    told.put(new WordingId(rule.ruleId(), rule.effectiveFrom()), rule);
    for (Wording old : book.forgetUntil(rule.ruleId(), timers.currentWatermark())) {
      told.remove(new WordingId(old.ruleId(), old.from()));
    }
    if (!changed.get().isEmpty()) {
      judgeAll();
      judgeAgain(changed.get());
    }
  }

  /** Judges what was judged before and lies in a span in which a rule has changed. */
  private void judgeAgain(Span span) throws Exception {
    KeyedStateBackend<String> backend = getKeyedStateBackend();
    List<String> keys;
    try (Stream<String> all = backend.getKeys(INDEX, VoidNamespace.INSTANCE)) {
      keys = all.toList();
    }
    for (String key : keys) {
      setCurrentKey(key);
      DayIndex index = stored.index().value();
      if (index.last() >= Days.of(span.from())) {
        History history = new History(scope, key, stored);
        judge(history, span);
        history.write();
      }
    }
  }

  private void judgeAll() throws Exception {
    for (Map.Entry<String, Pending> entry : pending.entrySet()) {
      setCurrentKey(entry.getKey());
      History history = new History(scope, entry.getKey(), stored);
      takeIn(history, entry.getValue());
      judge(history, new Span(entry.getValue().since(), Long.MAX_VALUE));
      history.write();
    }
    pending.clear();
    waiting = 0;
    since = Long.MAX_VALUE;
  }

  private void takeIn(History history, Pending arrived) {
    for (Payment payment : arrived.payments()) {
      if (history.add(payment)) {
        begin(payment.at());
      }
    }
    for (Confirmation confirmation : arrived.confirmations()) {
      if (history.add(confirmation)) {
        begin(confirmation.from());
      }
    }
  }

  private void begin(long at) {
    int day = Days.of(at);
    timers.registerEventTimeTimer(day, freedAt(day));
  }

  private void judge(History history, Span span) throws Exception {
    history.judge(span.from(), span.until(), (payment, was) -> isAlerted(payment, history, was));
  }

  private boolean isAlerted(Payment payment, History history, boolean wasAlerted) {
    List<Finding> findings = new ArrayList<>();
    for (Wording wording : book.holding(payment.at())) {
      if (wording.condition().scope() == scope) {
        wording
            .condition()
            .finding(payment, history)
            .ifPresent(reason -> findings.add(new Finding(wording.ruleId(), reason)));
      }
    }
    if (wasAlerted || !findings.isEmpty()) {
      output.collect(
          new StreamRecord<>(new Verdict(payment, scope, findings.toArray(Finding[]::new))));
    }
    return !findings.isEmpty();
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    // Whoever gets the verdicts forgets a payment once the watermark has reached it.
    if (since <= mark.getTimestamp()) {
      judgeAll();
    }
    super.processWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    judgeAll();
  }

  @Override
  public void finish() throws Exception {
    judgeAll();
    super.finish();
  }

  /** No window of a payment that is yet to come, or to be judged again, reaches this day. */
  @Override
  public void onEventTime(InternalTimer<String, Integer> timer) throws Exception {
    int day = timer.getNamespace();
    PaymentDay payments = stored.days().get(day);
    if (payments != null) {
      freed(payments, timer.getTimestamp());
    }
    stored.days().remove(day);
    stored.confirmed().remove(day);
    TreeMap<Integer, DayTotals> left = stored.index().value().totals();
    left.remove(day);
    if (left.isEmpty()) {
      stored.index().clear();
    } else {
      stored.index().update(DayIndex.of(left));
    }
  }

  /**
   * Is told of the payments of the current key that are forgotten.
   *
   * @param reached the watermark is as far as this; a timer service of its own may not know it yet
   */
  void freed(PaymentDay payments, long reached) throws Exception {}

  @Override
  public void onProcessingTime(InternalTimer<String, Integer> timer) {
    throw new IllegalStateException("No timer of processing time is ever set here");
  }
}
