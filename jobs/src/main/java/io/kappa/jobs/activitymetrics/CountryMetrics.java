package io.kappa.jobs.activitymetrics;

import io.kappa.common.job.Change;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Adds the shares of {@code country_hourly} up, by country; forgets an hour when it's over. */
final class CountryMetrics
    extends KeyedProcessFunction<String, CountryHourly, Change<CountryHourly>> {

  static final String HOURS = "hours";

  private transient MapState<Long, CountryHourly> hours;

  @Override
  public void open(OpenContext context) {
    hours =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    HOURS, Types.LONG, TypeInformation.of(CountryHourly.class)));
  }

  @Override
  public void processElement(
      CountryHourly share, Context context, Collector<Change<CountryHourly>> out) throws Exception {
    CountryHourly before = hours.get(share.hour());
    CountryHourly after = before == null ? share : before.plus(share);
    hours.put(share.hour(), after);
    if (before == null) {
      context.timerService().registerEventTimeTimer(Hours.last(Hours.of(share.hour())));
    }
    out.collect(Change.upsert(after));
  }

  @Override
  public void onTimer(long last, OnTimerContext context, Collector<Change<CountryHourly>> out)
      throws Exception {
    hours.remove(Hours.first(Hours.of(last)));
  }
}
