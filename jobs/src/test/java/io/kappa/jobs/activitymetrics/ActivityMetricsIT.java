package io.kappa.jobs.activitymetrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.common.event.Activity;
import io.kappa.common.event.Event;
import io.kappa.common.event.serde.Topic;
import io.kappa.common.event.serde.Topics;
import io.kappa.common.job.Change;
import io.kappa.common.job.Input;
import io.kappa.common.job.Outputs;
import io.kappa.common.job.Parameters;
import io.kappa.common.job.StandardParameters;
import io.kappa.common.job.Streams;
import io.kappa.common.log.EventTimeRule;
import io.kappa.common.log.Intake;
import io.kappa.common.log.QuarantinedRecord;
import io.kappa.common.table.Table;
import io.kappa.jobs.script.EagerWatermarks;
import io.kappa.jobs.script.EventTimeOracle;
import io.kappa.jobs.script.EventTimeOracle.Judged;
import io.kappa.jobs.script.EventTimeOracle.Written;
import io.kappa.jobs.script.FailsOnce;
import io.kappa.jobs.script.LoggedRecord;
import io.kappa.jobs.script.ScriptedSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
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
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the log, however its partitions interleave, at any parallelism, with a failure in the
 * middle: the oracle's tables. Say {@code -Dkappa.seed=N} to see a seed again.
 */
class ActivityMetricsIT {

  private static final int TRIALS = 12;
  private static final int SLOTS = 4;

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(SLOTS)
              .build());

  static LongStream seeds() {
    Long again = Long.getLong("kappa.seed");
    return again == null ? new Random().longs(TRIALS, 0, 1L << 31) : LongStream.of(again);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyLogInAnyInterleavingGivesTheOraclesTables(long seed) throws Exception {
    RandomLog log = new RandomLog(seed);
    List<Judged<Activity>> judged = judged(log);
    long minWatch = seed % 2 == 0 ? 0 : 1_000;

    Result result;
    try {
      result = run(log, seed, minWatch);
    } catch (Exception e) {
      throw new AssertionError("seed %d didn't run to its end".formatted(seed), e);
    }

    List<Activity> accepted =
        judged.stream().filter(Judged::onTime).map(each -> each.written().event()).toList();
    assertThat(result.tables())
        .as("seed %d", seed)
        .isEqualTo(ActivityMetricsOracle.tables(accepted, minWatch));
    assertThat(result.quarantine()).as("seed %d", seed).isEqualTo(quarantine(judged));
    assertThat(result.restarts()).as("seed %d", seed).isPositive();
  }

  private static List<Judged<Activity>> judged(RandomLog log) {
    EventTimeOracle oracle = new EventTimeOracle(RandomLog.LATENESS, RandomLog.FUTURE);
    return log.partitions().stream().flatMap(each -> oracle.judge(each).stream()).toList();
  }

  /** Place of each record that isn't for the job -> why. */
  private static Map<String, String> quarantine(List<Judged<Activity>> judged) {
    Map<String, String> reasons = new HashMap<>();
    for (Judged<Activity> each : judged) {
      if (!each.onTime()) {
        LoggedRecord record = each.written().record();
        reasons.put(record.partition() + "@" + record.offset(), each.verdict());
      }
    }
    return reasons;
  }

  private record Result(
      Map<String, Map<List<Object>, List<Object>>> tables,
      Map<String, String> quarantine,
      int restarts) {}

  private static Result run(RandomLog log, long seed, long minWatch) throws Exception {
    Random random = new Random(seed);
    StreamExecutionEnvironment env = environment(random);
    ActivityMetrics job = new ActivityMetrics();
    Parameters parameters =
        Parameters.read(StandardParameters.with(job), Map.of("min-watch", minWatch + "ms"));
    int readers = Math.min(env.getParallelism(), log.partitions().size());
    SingleOutputStreamOperator<Activity> intake =
        intake(env, log, job.inputs(parameters), random.nextLong(), readers);
    DataStream<Activity> events =
        intake
            .map(new FailsOnce<>(random.nextInt(60)))
            .returns(Activity.class)
            .setParallelism(readers)
            .uid("fails-once");
    Outputs outputs = job.define(streams(events), parameters);

    Map<String, Collected<?>> tables = new HashMap<>();
    job.tables().forEach(table -> tables.put(table.name(), collect(table, outputs)));
    Collected<QuarantinedRecord> quarantine =
        new Collected<>(QuarantinedRecord.TABLE, intake.getSideOutput(Intake.QUARANTINE));
    JobClient client = env.executeAsync();
    Map<String, Map<List<Object>, List<Object>>> rows = new HashMap<>();
    tables.forEach((name, collected) -> collected.begin());
    quarantine.begin();
    for (Map.Entry<String, Collected<?>> table : tables.entrySet()) {
      rows.put(table.getKey(), table.getValue().rows());
    }
    Map<String, String> reasons = new HashMap<>();
    quarantine
        .rows()
        .values()
        .forEach(row -> reasons.put(row.get(1) + "@" + row.get(2), (String) row.get(3)));
    Integer restarts =
        client.getJobExecutionResult().get().getAccumulatorResult(FailsOnce.RESTARTS);
    return new Result(rows, reasons, restarts);
  }

  private static <R> Collected<R> collect(Table<R> table, Outputs outputs) {
    return new Collected<>(table, outputs.of(table));
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

  @SuppressWarnings("unchecked") // the job declares one input
  private static SingleOutputStreamOperator<Activity> intake(
      StreamExecutionEnvironment env,
      RandomLog log,
      List<Input<?>> inputs,
      long seed,
      int readers) {
    List<List<LoggedRecord>> records =
        log.partitions().stream().map(each -> each.stream().map(Written::record).toList()).toList();
    Map<Integer, Long> start = new HashMap<>();
    IntStream.range(0, records.size()).forEach(partition -> start.put(partition, 0L));
    EventTimeRule rule = new EventTimeRule(RandomLog.LATENESS, RandomLog.FUTURE);
    return env.fromSource(
            new ScriptedSource<>(Topics.ACTIVITY, records, seed),
            EagerWatermarks.<Activity>of(RandomLog.LATENESS, RandomLog.FUTURE),
            "log")
        .setParallelism(readers)
        .uid("log")
        .transform(
            "intake",
            TypeInformation.of(Activity.class),
            new Intake<>((Input<Activity>) inputs.get(0), rule, start))
        .setParallelism(readers)
        .uid("intake");
  }

  private static Streams streams(DataStream<Activity> events) {
    return new Streams() {
      @Override
      @SuppressWarnings("unchecked")
      public <E extends Event> DataStream<E> of(Topic<E> topic) {
        assertThat(topic).isEqualTo(Topics.ACTIVITY);
        return (DataStream<E>) events;
      }
    };
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
      return LastRows.of(table, changes.get());
    }
  }
}
