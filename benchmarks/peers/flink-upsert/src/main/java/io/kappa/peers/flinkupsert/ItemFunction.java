package io.kappa.peers.flinkupsert;

import java.util.HashSet;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.typeutils.SetTypeInfo;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Emits both rows that an event changes, one of them as a side output. An hour's state goes when
 * the watermark has passed it; events that come later than that are only in the totals.
 */
final class ItemFunction extends KeyedProcessFunction<String, ItemEvent, ItemHour> {

  static final OutputTag<ItemTotal> TOTALS =
      new OutputTag<>("totals", TypeInformation.of(ItemTotal.class));

  private transient ValueState<ItemTotal> total;
  private transient MapState<Long, ItemHour> hours;
  private transient MapState<Long, Set<String>> users;

  @Override
  public void open(OpenContext context) {
    total =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("total", TypeInformation.of(ItemTotal.class)));
    hours =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>("hours", Types.LONG, TypeInformation.of(ItemHour.class)));
    users =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>("users", Types.LONG, new SetTypeInfo<>(Types.STRING)));
  }

  @Override
  public void processElement(ItemEvent event, Context context, Collector<ItemHour> out)
      throws Exception {
    ItemTotal before = total.value();
    ItemTotal after = (before == null ? ItemTotal.empty(event.itemId()) : before).with(event);
    total.update(after);
    context.output(TOTALS, after);

    long hour = Hours.of(event.at());
    if (Hours.last(hour) > context.timerService().currentWatermark()) {
      out.collect(hourly(event, hour, context));
    }
  }

  private ItemHour hourly(ItemEvent event, long hour, Context context) throws Exception {
    ItemHour before = hours.get(hour);
    Set<String> seen = users.get(hour);
    if (before == null) {
      before = ItemHour.empty(event.itemId(), hour);
      seen = new HashSet<>();
      users.put(hour, seen);
      context.timerService().registerEventTimeTimer(Hours.last(hour));
    }
    if (event.userId() != null && seen.add(event.userId())) {
      users.put(hour, seen);
    }
    ItemHour after = before.with(event, seen.size());
    hours.put(hour, after);
    return after;
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<ItemHour> out)
      throws Exception {
    hours.remove(Hours.of(timestamp));
    users.remove(Hours.of(timestamp));
  }
}
