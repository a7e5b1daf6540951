package io.kappa.jobs.script;

import io.kappa.common.event.Event;
import io.kappa.common.event.serde.Topic;
import io.kappa.common.job.Change;
import io.kappa.common.job.Input;
import io.kappa.common.job.JobDefinition;
import io.kappa.common.job.Outputs;
import io.kappa.common.job.Parameters;
import io.kappa.common.job.StandardParameters;
import io.kappa.common.job.Streams;
import io.kappa.common.log.EventTimeRule;
import io.kappa.common.log.Intake;
import io.kappa.common.log.QuarantinedRecord;
import io.kappa.common.table.Table;
import io.kappa.jobs.script.EventTimeOracle.Judged;
import io.kappa.jobs.script.EventTimeOracle.Written;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;

/**
 * A whole job on written logs, once, on the MiniCluster of the test: through the real intake, in an
 * interleaving of partitions and topics, at a parallelism, on a state backend, with watermarks as
 * early as they may be, and with a failure in the middle, all of it drawn from a seed.
 */
public final class JobTrial {

  /** Some hundred times what a trial takes; one that hangs is to say so, and its seed. */
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private static final int SLOTS = 4;

  private final JobDefinition job;
  private final Map<String, String> given;
  private final EventTimeOracle times;
  private final List<TopicLog<?>> logs;
  private final long seed;

  /**
   * @param given the job's parameters
   * @param times which events are late or from the future
   * @param logs a log for each topic that the job reads
   */
  public JobTrial(
      JobDefinition job,
      Map<String, String> given,
      EventTimeOracle times,
      List<TopicLog<?>> logs,
      long seed) {
    this.job = job;
    this.given = given;
    this.times = times;
    this.logs = logs;
    this.seed = seed;
  }

  /**
   * What came out.
   *
   * @param tables table -> the values of its key -> all its values, in the order of its columns
   * @param quarantine place of each record that the job didn't get -> why
   * @param restarts how often it failed and went on
   */
  public record Result(
      Map<String, Map<List<Object>, List<Object>>> tables,
      Map<String, String> quarantine,
      int restarts) {}

  /** A MiniCluster on which trials run, one at a time. */
  public static MiniClusterExtension cluster() {
    return new MiniClusterExtension(
        new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(SLOTS)
            .build());
  }

  /** Fresh seeds, or the one that {@code -Dkappa.seed=N} wants to see again. */
  public static LongStream seeds(int trials) {
    Long again = Long.getLong("kappa.seed");
    return again == null ? new Random().longs(trials, 0, 1L << 31) : LongStream.of(again);
  }

  /** The quarantine that there has to be. */
  public Map<String, String> expectedQuarantine() {
    Map<String, String> reasons = new HashMap<>();
    for (TopicLog<?> log : logs) {
      log.judged(times).stream()
          .filter(each -> !each.onTime())
          .forEach(each -> reasons.put(place(log, each), each.verdict()));
    }
    return reasons;
  }

  private static String place(TopicLog<?> log, Judged<?> judged) {
    LoggedRecord record = judged.written().record();
    return TopicLog.place(log.topic().name(), record.partition(), record.offset());
  }

  /**
   * Runs the job to the end of its logs.
   *
   * @throws AssertionError with the seed, if it doesn't come there
   */
  public Result run() {
    String trial = UUID.randomUUID().toString();
    try {
      return run(trial);
    } catch (Exception e) {
      throw new AssertionError("seed %d didn't run to its end".formatted(seed), e);
    } finally {
      Turn.forget(trial);
    }
  }

  private Result run(String trial) throws Exception {
    Random random = new Random(seed);
    StreamExecutionEnvironment env = environment(random);
    Parameters parameters = Parameters.read(StandardParameters.with(job), given);
    String first =
        random.nextBoolean() ? null : logs.get(random.nextInt(logs.size())).topic().name();
    TopicLog<?> longest =
        logs.stream().max(Comparator.comparingInt(TopicLog::records)).orElseThrow();

    Map<String, DataStream<?>> streams = new HashMap<>();
    List<Collected<QuarantinedRecord>> quarantines = new ArrayList<>();
    for (Input<?> input : job.inputs(parameters)) {
      TopicLog<?> log = log(input.topic());
      int readers = Math.min(env.getParallelism(), log.partitions().size());
      Turn turn = new Turn(trial, log.topic().name(), first);
      SingleOutputStreamOperator<?> events =
          intake(env, log, input, turn, random.nextLong(), readers);
      quarantines.add(
          new Collected<>(QuarantinedRecord.TABLE, events.getSideOutput(Intake.QUARANTINE)));
      int afterwards = random.nextInt(1 + log.longestPartition() / 4);
      streams.put(
          log.topic().name(),
          log == longest ? failing(events, log.topic(), afterwards, readers) : events);
    }
    Outputs outputs = job.define(streams(streams), parameters);
    Map<String, Collected<?>> tables = new HashMap<>();
    job.tables().forEach(table -> tables.put(table.name(), collect(table, outputs)));

    JobClient client = env.executeAsync();
    tables.values().forEach(Collected::begin);
    quarantines.forEach(Collected::begin);
    Map<String, Map<List<Object>, List<Object>>> rows = new HashMap<>();
    for (Map.Entry<String, Collected<?>> table : tables.entrySet()) {
      rows.put(table.getKey(), table.getValue().rows());
    }
    Map<String, String> reasons = new HashMap<>();
    for (Collected<QuarantinedRecord> quarantine : quarantines) {
      quarantine.rows().values().forEach(row -> reasons.put(place(row), (String) row.get(3)));
    }
    Integer restarts =
        client.getJobExecutionResult().get().getAccumulatorResult(FailsOnce.RESTARTS);
    return new Result(rows, reasons, restarts);
  }

  private static String place(List<Object> row) {
    return TopicLog.place((String) row.get(0), (Integer) row.get(1), (Long) row.get(2));
  }

  private static StreamExecutionEnvironment environment(Random random) {
    Configuration settings = new Configuration();
    settings.setString("state.backend.type", random.nextBoolean() ? "hashmap" : "rocksdb");
    settings.setString("execution.checkpointing.interval", "20 ms");
    settings.setString("restart-strategy.type", "fixed-delay");
    settings.setString("restart-strategy.fixed-delay.attempts", "3");
    settings.setString("restart-strategy.fixed-delay.delay", "0 ms");
    settings.setString("pipeline.object-reuse", "true");
    settings.setString("pipeline.generic-types", "false");
    settings.setString("pipeline.auto-generate-uids", "false");
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(settings);
    env.setParallelism(1 + random.nextInt(SLOTS));
    env.setMaxParallelism(SLOTS + random.nextInt(124));
    return env;
  }

  private TopicLog<?> log(Topic<?> topic) {
    return logs.stream()
        .filter(log -> log.topic().equals(topic))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("The trial has no log of topic " + topic));
  }

  @SuppressWarnings("unchecked") // a log and an input of the same topic have the same events
  private <E extends Event> SingleOutputStreamOperator<E> intake(
      StreamExecutionEnvironment env,
      TopicLog<?> log,
      Input<E> input,
      Turn turn,
      long order,
      int readers) {
    List<List<LoggedRecord>> records =
        ((TopicLog<E>) log)
            .partitions().stream()
                .map(each -> each.stream().map(Written::record).toList())
                .toList();
    Map<Integer, Long> start =
        IntStream.range(0, records.size()).boxed().collect(Collectors.toMap(p -> p, p -> 0L));
    String name = log.topic().name();
    return env.fromSource(
            new ScriptedSource<>(input.topic(), records, order, turn),
            EagerWatermarks.<E>of(times.lateness(), times.future()),
            name)
        .setParallelism(readers)
        .uid("log-" + name)
        .transform(
            "intake-" + name,
            TypeInformation.of(input.topic().eventType()),
            new Intake<>(input, new EventTimeRule(times.lateness(), times.future()), start))
        .setParallelism(readers)
        .uid("intake-" + name);
  }

  @SuppressWarnings("unchecked") // the stream is of the topic's events
  private static <E extends Event> DataStream<E> failing(
      DataStream<?> events, Topic<E> topic, int afterwards, int readers) {
    return ((DataStream<E>) events)
        .map(new FailsOnce<E>(afterwards))
        .returns(topic.eventType())
        .setParallelism(readers)
        .uid("fails-once");
  }

  private static Streams streams(Map<String, DataStream<?>> events) {
    return new Streams() {
      @Override
      @SuppressWarnings("unchecked") // the map holds each topic's own stream
      public <E extends Event> DataStream<E> of(Topic<E> topic) {
        return (DataStream<E>) events.get(topic.name());
      }
    };
  }

  private static <R> Collected<R> collect(Table<R> table, Outputs outputs) {
    return new Collected<>(table, outputs.of(table));
  }

  /** A table's changes, as they arrive exactly once; read aside, for all tables flow at once. */
  private static final class Collected<R> {

    private final Table<R> table;
    private final CloseableIterator<Change<R>> arriving;
    private CompletableFuture<List<Change<R>>> changes;

    Collected(Table<R> table, DataStream<Change<R>> stream) {
      this.table = table;
      this.arriving = stream.collectAsync();
    }

    void begin() {
      changes =
          CompletableFuture.supplyAsync(
              () -> {
                List<Change<R>> all = new ArrayList<>();
                arriving.forEachRemaining(all::add);
                return all;
              });
    }

    Map<List<Object>, List<Object>> rows() throws Exception {
      return LastRows.of(table, changes.get(LONGEST.toSeconds(), TimeUnit.SECONDS));
    }
  }
}
