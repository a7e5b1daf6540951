package io.kappa.jobs.frauddetection;

import com.google.auto.service.AutoService;
import io.kappa.common.event.Event;
import io.kappa.common.event.Rule;
import io.kappa.common.event.serde.Topics;
import io.kappa.common.job.Change;
import io.kappa.common.job.ChangeTypeInfoFactory;
import io.kappa.common.job.Input;
import io.kappa.common.job.JobDefinition;
import io.kappa.common.job.Outputs;
import io.kappa.common.job.Parameter;
import io.kappa.common.job.Parameters;
import io.kappa.common.job.Streams;
import io.kappa.common.table.Table;
import io.kappa.jobs.frauddetection.rules.Reading;
import io.kappa.jobs.frauddetection.rules.RuleLanguage;
import io.kappa.jobs.frauddetection.rules.RuleSet;
import io.kappa.jobs.frauddetection.rules.Wording;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** In which transactions a rule finds something, by rules that come as events. */
@AutoService(JobDefinition.class)
public final class FraudDetection implements JobDefinition {

  private static final long LONGEST = TimeUnit.DAYS.toMillis(400);

  /** Rules of the jar that hold from ever on, besides those of the topic. */
  static final Parameter<RuleSet> BUILTIN_RULES =
      new Parameter<>(
          "builtin-rules",
          "default",
          "a set of rules of the jar that holds besides those of the topic: none, default or better",
          RuleSet::named,
          set -> Optional.empty());

  /** The longest window that a rule may have, in milliseconds. */
  static final Parameter<Long> MAX_WINDOW =
      bounded(
          "max-window", "30d", "the longest window of a rule; transactions are kept for so long");

  /** How long a transaction waits for its labels, in milliseconds. */
  static final Parameter<Long> LABEL_HORIZON =
      bounded(
          "label-horizon",
          "30d",
          "a label that comes this much after its transaction still counts");

  private static Parameter<Long> bounded(String name, String defaultText, String description) {
    Parameter<Long> length = Parameter.duration(name, defaultText, description);
    return new Parameter<>(
        name,
        defaultText,
        description,
        length.parse(),
        millis ->
            millis >= 1 && millis <= LONGEST
                ? Optional.empty()
                : Optional.of("allowed is 1ms to 400d"));
  }

  @Override
  public String name() {
    return "fraud-detection";
  }

  @Override
  public String description() {
    return "Finds transactions that rules call suspicious, and counts them by account and terminal";
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(BUILTIN_RULES, MAX_WINDOW, LABEL_HORIZON);
  }

  @Override
  public List<Input<?>> inputs(Parameters parameters) {
    long longest = parameters.get(MAX_WINDOW);
    parameters.get(BUILTIN_RULES).wordings(longest); // refused before anything runs
    return List.of(
        Input.all(Topics.TRANSACTIONS),
        Input.all(Topics.LABELS),
        Input.checked(Topics.RULES, rule -> problem(rule, longest)));
  }

  private static Optional<String> problem(Rule rule, long longest) {
    return RuleLanguage.read(rule, longest) instanceof Reading.Bad bad
        ? Optional.of(bad.problem())
        : Optional.empty();
  }

  @Override
  public List<Table<?>> tables() {
    return List.of(Alert.TABLE, AccountDaily.TABLE, TerminalDaily.TABLE);
  }

  @Override
  public Outputs define(Streams streams, Parameters parameters) {
    Horizons horizons = new Horizons(parameters.get(MAX_WINDOW), parameters.get(LABEL_HORIZON));
    List<Wording> builtin = parameters.get(BUILTIN_RULES).wordings(horizons.window());
    DataStream<Rule> rules = streams.of(Topics.RULES).broadcast();

    SingleOutputStreamOperator<Verdict> accounts =
        slim("slim-transactions", streams.of(Topics.TRANSACTIONS), AccountEvent::of)
            .union(slim("slim-labels", streams.of(Topics.LABELS), AccountEvent::of))
            .keyBy(AccountEvent::accountId, Types.STRING)
            .connect(rules)
            .transform(
                "accounts", TypeInformation.of(Verdict.class), new AccountWatch(horizons, builtin))
            .uid("accounts");
    SingleOutputStreamOperator<Verdict> terminals =
        accounts
            .getSideOutput(AccountWatch.TERMINAL_EVENTS)
            .keyBy(TerminalEvent::terminalId, Types.STRING)
            .connect(rules)
            .transform(
                "terminals",
                TypeInformation.of(Verdict.class),
                new TerminalWatch(horizons, builtin))
            .uid("terminals");
    SingleOutputStreamOperator<Change<Alert>> alerts =
        accounts
            .union(terminals)
            .keyBy(verdict -> verdict.payment().transactionId(), Types.STRING)
            .process(new Alerts(), changesOf(Alert.class))
            .name("alerts")
            .uid("alerts");

    return new Outputs()
        .with(Alert.TABLE, alerts)
        .with(
            AccountDaily.TABLE,
            daily(
                "account-daily",
                accounts.getSideOutput(AccountWatch.SHARES),
                alerts.getSideOutput(Alerts.ACCOUNT_SHARES),
                AccountDaily::of,
                AccountDaily.class))
        .with(
            TerminalDaily.TABLE,
            daily(
                "terminal-daily",
                terminals.getSideOutput(TerminalWatch.SHARES),
                alerts.getSideOutput(Alerts.TERMINAL_SHARES),
                TerminalDaily::of,
                TerminalDaily.class));
  }

  /** In the source's own task, so that nothing else is sent between machines. */
  private static <E extends Event> DataStream<AccountEvent> slim(
      String name, DataStream<E> events, MapFunction<E, AccountEvent> slimmer) {
    return events
        .map(slimmer)
        .returns(AccountEvent.class)
        .setParallelism(events.getParallelism())
        .name(name)
        .uid(name);
  }

  private static <R> DataStream<Change<R>> daily(
      String name,
      DataStream<DayShare> payments,
      DataStream<DayShare> alerts,
      MapFunction<DayShare, R> row,
      Class<R> rowType) {
    return payments
        .union(alerts)
        .keyBy(DayShare::id, Types.STRING)
        .process(new DailyRows<>(row), changesOf(rowType))
        .name(name)
        .uid(name);
  }

  private static <R> TypeInformation<Change<R>> changesOf(Class<R> row) {
    return ChangeTypeInfoFactory.of(TypeInformation.of(row));
  }
}
