package io.kappa.jobs.activitymetrics;

import com.google.auto.service.AutoService;
import io.kappa.common.event.Activity;
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
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** What was done with each item and in each country, by the hour and in total. */
@AutoService(JobDefinition.class)
public final class ActivityMetrics implements JobDefinition {

  /** Views and plays shorter than this, in milliseconds, are left out. */
  static final Parameter<Long> MIN_WATCH =
      Parameter.duration(
          "min-watch", "0", "a view or play that says to have been shorter than this is left out");

  @Override
  public String name() {
    return "activity-metrics";
  }

  @Override
  public String description() {
    return "Counts what was done with each item and in each country, by the hour and in total";
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(MIN_WATCH);
  }

  @Override
  public List<Input<?>> inputs(Parameters parameters) {
    long minWatch = parameters.get(MIN_WATCH);
    return List.of(Input.where(Topics.ACTIVITY, activity -> isLongEnough(activity, minWatch)));
  }

  private static boolean isLongEnough(Activity activity, long minWatch) {
    return activity.durationMs() == null
        || activity.durationMs() >= minWatch
        || !ItemEvent.isWatching(activity);
  }

  @Override
  public List<Table<?>> tables() {
    return List.of(ItemHourly.TABLE, CountryHourly.TABLE, ItemTotal.TABLE);
  }

  @Override
  public Outputs define(Streams streams, Parameters parameters) {
    DataStream<Activity> activities = streams.of(Topics.ACTIVITY);
    SingleOutputStreamOperator<Change<ItemHourly>> items =
        activities
            .map(ItemEvent::of)
            .returns(ItemEvent.class)
            .setParallelism(activities.getParallelism()) // one task with what it stands behind
            .name("slim")
            .uid("slim")
            .keyBy(ItemEvent::itemId, Types.STRING)
            .transform("item-metrics", changesOf(ItemHourly.class), new ItemMetrics())
            .uid("item-metrics");
    DataStream<Change<CountryHourly>> countries =
        items
            .getSideOutput(ItemMetrics.COUNTRY_SHARES)
            .keyBy(CountryHourly::country, Types.STRING)
            .process(new CountryMetrics(), changesOf(CountryHourly.class))
            .name("country-metrics")
            .uid("country-metrics");
    return new Outputs()
        .with(ItemHourly.TABLE, items)
        .with(CountryHourly.TABLE, countries)
        .with(ItemTotal.TABLE, items.getSideOutput(ItemMetrics.TOTALS));
  }

  private static <R> TypeInformation<Change<R>> changesOf(Class<R> row) {
    return ChangeTypeInfoFactory.of(TypeInformation.of(row));
  }
}
