package io.kappa.peers.flinkupsert;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Emits the row that an event changes. An hour's state goes when the watermark has passed it;
 * events that come later than that are in no row.
 */
final class CountryFunction extends KeyedProcessFunction<String, CountryEvent, CountryHour> {

  private transient MapState<Long, CountryHour> hours;

  @Override
  public void open(OpenContext context) {
    hours =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "hours", Types.LONG, TypeInformation.of(CountryHour.class)));
  }

  @Override
  public void processElement(CountryEvent event, Context context, Collector<CountryHour> out)
      throws Exception {
    long hour = Hours.of(event.at());
    if (Hours.last(hour) <= context.timerService().currentWatermark()) {
      return;
    }
    CountryHour before = hours.get(hour);
    if (before == null) {
      before = CountryHour.empty(event.country(), hour);
      context.timerService().registerEventTimeTimer(Hours.last(hour));
    }
    CountryHour after = before.with(event);
    hours.put(hour, after);
    out.collect(after);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<CountryHour> out)
      throws Exception {
    hours.remove(Hours.of(timestamp));
  }
}
