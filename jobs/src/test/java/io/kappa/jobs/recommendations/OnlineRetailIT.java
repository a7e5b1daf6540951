package io.kappa.jobs.recommendations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kappa.common.event.Activity;
import io.kappa.common.event.Event;
import io.kappa.common.event.serde.Topic;
import io.kappa.common.job.Change;
import io.kappa.common.job.Input;
import io.kappa.common.job.Outputs;
import io.kappa.common.job.Parameters;
import io.kappa.common.job.StandardParameters;
import io.kappa.common.job.Streams;
import io.kappa.common.table.Table;
import io.kappa.jobs.recommendations.RecommendationsOracle.Settings;
import io.kappa.jobs.script.JobTrial;
import io.kappa.jobs.script.LastRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The job on real sales: the oracle's tables, and neighbours that a person would expect. */
class OnlineRetailIT {

  private static final String CAKE_STAND = "22423";

  @RegisterExtension static final MiniClusterExtension CLUSTER = JobTrial.cluster();

  /** Where the source, which comes out of a serialised graph, finds the sales. */
  private static final Map<String, List<Activity>> SALES = new HashMap<>();

  @Test
  void realSalesGiveTheOraclesTablesAndTeacupsBesideACakeStand() throws Exception {
    assumeTrue(OnlineRetail.FILE.toFile().isFile(), OnlineRetail.FILE + " isn't there");
    OnlineRetail sales = OnlineRetail.read();

    Map<String, Map<List<Object>, List<Object>>> tables = tables(sales.events());

    assertThat(tables).isEqualTo(RecommendationsOracle.tables(sales.events(), Settings.defaults()));
    assertThat(similar(tables, CAKE_STAND).limit(3).map(sales.descriptions()::get))
        .containsExactly(
            "PINK REGENCY TEACUP AND SAUCER",
            "ROSES REGENCY TEACUP AND SAUCER",
            "GREEN REGENCY TEACUP AND SAUCER");
  }

  private static Stream<String> similar(
      Map<String, Map<List<Object>, List<Object>>> tables, String item) {
    return IntStream.rangeClosed(1, 20)
        .mapToObj(rank -> (String) tables.get("similar_items").get(List.of(item, rank)).get(2));
  }

  private static Map<String, Map<List<Object>, List<Object>>> tables(List<Activity> sales)
      throws Exception {
    SALES.put("all", sales);
    Configuration settings = new Configuration();
    settings.setString("pipeline.object-reuse", "true");
    settings.setString("pipeline.generic-types", "false");
    settings.setString("execution.checkpointing.interval", "5 s");
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(settings);
    env.setParallelism(2);
    Recommendations job = new Recommendations();
    Parameters parameters = Parameters.read(StandardParameters.with(job), Map.of());
    @SuppressWarnings("unchecked") // its only input is that of activities
    Input<Activity> input = (Input<Activity>) job.inputs(parameters).get(0);
    DataStream<Activity> activities =
        env.fromSequence(0, sales.size() - 1)
            .map((MapFunction<Long, Activity>) line -> SALES.get("all").get(line.intValue()))
            .returns(Activity.class)
            .filter(input.wanted()::test);
    Outputs outputs = job.define(streams(activities), parameters);
    List<Table<?>> tables = job.tables();
    List<CompletableFuture<Map<List<Object>, List<Object>>>> rows = new ArrayList<>();
    List<Runnable> begin = new ArrayList<>();
    for (Table<?> table : tables) {
      CompletableFuture<Map<List<Object>, List<Object>>> last = new CompletableFuture<>();
      begin.add(collect(table, outputs, last));
      rows.add(last);
    }
    env.executeAsync();
    begin.forEach(each -> new Thread(each).start());
    Map<String, Map<List<Object>, List<Object>>> all = new HashMap<>();
    for (int i = 0; i < tables.size(); i++) {
      all.put(tables.get(i).name(), rows.get(i).get());
    }
    return all;
  }

  private static <R> Runnable collect(
      Table<R> table, Outputs outputs, CompletableFuture<Map<List<Object>, List<Object>>> last) {
    CloseableIterator<Change<R>> changes = outputs.of(table).collectAsync();
    return () -> last.complete(LastRows.of(table, () -> changes));
  }

  private static Streams streams(DataStream<Activity> activities) {
    return new Streams() {
      @Override
      @SuppressWarnings("unchecked") // the job asks for no other topic
      public <E extends Event> DataStream<E> of(Topic<E> topic) {
        return (DataStream<E>) activities;
      }
    };
  }
}
