package io.kappa.jobs.frauddetection;

import io.kappa.common.event.Event;
import io.kappa.common.event.Label;
import io.kappa.common.event.Rule;
import io.kappa.common.event.Transaction;
import io.kappa.common.job.Change;
import io.kappa.common.job.Parameters;
import io.kappa.common.job.StandardParameters;
import io.kappa.jobs.frauddetection.rules.Wording;
import io.kappa.jobs.script.LastRows;
import io.kappa.jobs.script.RoutedOutput;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;

/**
 * The operators of the job, with a queue between any two of which one sends to the other. What was
 * given waits in the queues until it is delivered, at once or in some order.
 */
final class JobHarness implements AutoCloseable {

  static final String TRANSACTIONS = "transactions";
  static final String LABELS = "labels";
  static final String RULES = "rules";

  private static final String MAIN = RoutedOutput.MAIN;

  /** Who sends what to whom; a source's output is the main one. */
  private record Edge(String from, String output, String to) {}

  private static final List<Edge> EDGES =
      List.of(
          new Edge(TRANSACTIONS, MAIN, "accounts"),
          new Edge(LABELS, MAIN, "accounts"),
          new Edge(RULES, MAIN, "accounts"),
          new Edge(RULES, MAIN, "terminals"),
          new Edge("accounts", AccountWatch.TERMINAL_EVENTS.getId(), "terminals"),
          new Edge("accounts", MAIN, "alerts"),
          new Edge("terminals", MAIN, "alerts"),
          new Edge("accounts", AccountWatch.SHARES.getId(), "account-daily"),
          new Edge("alerts", Alerts.ACCOUNT_SHARES.getId(), "account-daily"),
          new Edge("terminals", TerminalWatch.SHARES.getId(), "terminal-daily"),
          new Edge("alerts", Alerts.TERMINAL_SHARES.getId(), "terminal-daily"));

  private final Map<String, Stage> stages = new LinkedHashMap<>();
  private final Map<Edge, Deque<Object>> queues = new LinkedHashMap<>();
  private final Map<String, List<Object>> sent = new HashMap<>();
  private final List<Change<Alert>> alerts = new ArrayList<>();
  private final List<Change<AccountDaily>> accountDaily = new ArrayList<>();
  private final List<Change<TerminalDaily>> terminalDaily = new ArrayList<>();
  private final Predicate<Object> passes;

  private JobHarness(Map<String, String> given, Predicate<Object> passes) throws Exception {
    this.passes = passes;
    Parameters parameters = Parameters.read(StandardParameters.with(new FraudDetection()), given);
    Horizons horizons =
        new Horizons(
            parameters.get(FraudDetection.MAX_WINDOW),
            parameters.get(FraudDetection.LABEL_HORIZON));
    List<Wording> builtin =
        parameters.get(FraudDetection.BUILTIN_RULES).wordings(horizons.window());
    stages.put(
        "accounts",
        Stage.of(new AccountWatch(horizons, builtin), AccountEvent.class, AccountEvent::accountId));
    stages.put(
        "terminals",
        Stage.of(
            new TerminalWatch(horizons, builtin), TerminalEvent.class, TerminalEvent::terminalId));
    stages.put(
        "alerts",
        Stage.of(new Alerts(), Verdict.class, verdict -> verdict.payment().transactionId()));
    stages.put(
        "account-daily", Stage.of(new DailyRows<>(AccountDaily::of), DayShare.class, DayShare::id));
    stages.put(
        "terminal-daily",
        Stage.of(new DailyRows<>(TerminalDaily::of), DayShare.class, DayShare::id));
    for (Edge edge : EDGES) {
      queues.put(edge, new ArrayDeque<>());
      stages.get(edge.to()).listensTo(edge.toString());
    }
  }

  static JobHarness begin(StateBackend backend, Map<String, String> given) throws Exception {
    return begin(backend, given, sent -> true);
  }

  /** A job that loses what it sends on, unless it passes. */
  static JobHarness begin(StateBackend backend, Map<String, String> given, Predicate<Object> passes)
      throws Exception {
    return restore(backend, given, passes, Map.of());
  }

  static JobHarness restore(
      StateBackend backend,
      Map<String, String> given,
      Predicate<Object> passes,
      Map<String, OperatorSubtaskState> savepoint)
      throws Exception {
    JobHarness harness = new JobHarness(given, passes);
    for (Map.Entry<String, Stage> stage : harness.stages.entrySet()) {
      String name = stage.getKey();
      stage
          .getValue()
          .open(
              backend, savepoint.get(name), (output, value) -> harness.route(name, output, value));
    }
    return harness;
  }

  private void route(String from, String output, Object value) {
    if (!passes.test(value)) {
      return;
    }
    sent.computeIfAbsent(from, stage -> new ArrayList<>()).add(value);
    if (value instanceof Change<?> change) {
      keep(change);
    }
    queues.forEach(
        (edge, queue) -> {
          boolean everywhere = output.equals(RoutedOutput.EVERYWHERE);
          if (edge.from().equals(from) && (everywhere || edge.output().equals(output))) {
            queue.add(value);
          }
        });
  }

  private void keep(Change<?> change) {
    if (change.row() instanceof Alert row) {
      alerts.add(new Change<>(change.deleted(), row));
    } else if (change.row() instanceof AccountDaily row) {
      accountDaily.add(new Change<>(change.deleted(), row));
    } else if (change.row() instanceof TerminalDaily row) {
      terminalDaily.add(new Change<>(change.deleted(), row));
    }
  }

  /** Puts events of any topic into the queues. */
  JobHarness enqueue(Event... events) {
    for (Event event : events) {
      if (event instanceof Transaction transaction) {
        route(TRANSACTIONS, MAIN, AccountEvent.of(transaction));
      } else if (event instanceof Label label) {
        route(LABELS, MAIN, AccountEvent.of(label));
      } else if (event instanceof Rule rule) {
        route(RULES, MAIN, rule);
      }
    }
    return this;
  }

  /** Puts a watermark of a topic into the queues. */
  void enqueueWatermark(String topic, long at) {
    route(topic, RoutedOutput.EVERYWHERE, new Watermark(at));
  }

  /** Delivers the first of some queue; nothing if all are empty. */
  void deliverOne(Random random) throws Exception {
    List<Edge> filled = EDGES.stream().filter(edge -> !queues.get(edge).isEmpty()).toList();
    if (!filled.isEmpty()) {
      deliver(filled.get(random.nextInt(filled.size())));
    }
  }

  /** Delivers all there is. */
  void deliverAll() throws Exception {
    boolean more = true;
    while (more) {
      more = false;
      for (Edge edge : EDGES) {
        if (!queues.get(edge).isEmpty()) {
          deliver(edge);
          more = true;
        }
      }
    }
  }

  private void deliver(Edge edge) throws Exception {
    Object value = queues.get(edge).remove();
    Stage stage = stages.get(edge.to());
    if (value instanceof Watermark mark) {
      stage.watermark(edge.toString(), mark.getTimestamp());
    } else {
      stage.give(value);
    }
  }

  /** Gives events to the job, and lets them go all the way. */
  JobHarness give(Event... events) throws Exception {
    enqueue(events);
    deliverAll();
    return this;
  }

  /** All topics have come so far. */
  void watermark(long at) throws Exception {
    List.of(TRANSACTIONS, LABELS, RULES).forEach(topic -> enqueueWatermark(topic, at));
    deliverAll();
  }

  /** Makes one operator judge what waits there. */
  void judge(String stage) throws Exception {
    stages.get(stage).barrier();
  }

  /** A barrier goes through the whole job. */
  JobHarness barrier() throws Exception {
    deliverAll();
    for (Stage stage : stages.values()) {
      stage.barrier();
      deliverAll();
    }
    return this;
  }

  Map<String, OperatorSubtaskState> savepoint() throws Exception {
    barrier();
    Map<String, OperatorSubtaskState> all = new HashMap<>();
    for (Map.Entry<String, Stage> stage : stages.entrySet()) {
      all.put(stage.getKey(), stage.getValue().savepoint());
    }
    return all;
  }

  /** The tables, as the oracle gives them. */
  Map<String, Map<List<Object>, List<Object>>> tables() {
    return Map.of(
        "alerts", LastRows.of(Alert.TABLE, alerts),
        "account_daily", LastRows.of(AccountDaily.TABLE, accountDaily),
        "terminal_daily", LastRows.of(TerminalDaily.TABLE, terminalDaily));
  }

  /** Transaction and rule of each alert, as "t1 large: reason". */
  Set<String> alerts() {
    Set<String> shown = new TreeSet<>();
    for (List<Object> row : tables().get("alerts").values()) {
      shown.add("%s %s: %s".formatted(row.get(0), row.get(1), row.get(6)));
    }
    return shown;
  }

  /** All that a stage has sent so far, to any output, watermarks left out. */
  List<Object> sent(String stage) {
    return sent.getOrDefault(stage, List.of()).stream()
        .filter(value -> !(value instanceof Watermark))
        .toList();
  }

  /** Which state there is of any key, as "stage: state of key"; rules aside. */
  Set<String> state() throws Exception {
    Set<String> left = new TreeSet<>();
    collect(left, "accounts", Watch.INDEX, Watch.DAYS, Watch.CONFIRMED, AccountWatch.DOSSIERS);
    collect(left, "terminals", Watch.INDEX, Watch.DAYS, Watch.CONFIRMED);
    collect(left, "alerts", Alerts.VERDICTS);
    collect(left, "account-daily", DailyRows.DAYS);
    collect(left, "terminal-daily", DailyRows.DAYS);
    return left;
  }

  private void collect(Set<String> left, String stage, String... states) throws Exception {
    stages.get(stage).left(states).forEach(state -> left.add(stage + ": " + state));
  }

  int timers() {
    return stages.values().stream().mapToInt(Stage::timers).sum();
  }

  @Override
  public void close() throws Exception {
    for (Stage stage : stages.values()) {
      stage.close();
    }
  }
}
