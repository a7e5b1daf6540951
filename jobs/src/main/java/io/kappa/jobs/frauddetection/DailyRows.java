package io.kappa.jobs.frauddetection;

import io.kappa.common.job.Change;
import java.time.Instant;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Adds shares up, by day; forgets a day when it's over. */
final class DailyRows<R> extends KeyedProcessFunction<String, DayShare, Change<R>> {

  private static final long serialVersionUID = 1L;

  static final String DAYS = "days";

  private final MapFunction<DayShare, R> row;

  private transient MapState<Integer, DayShare> days;

  /**
   * @param row the row that a day's sum makes
   */
  DailyRows(MapFunction<DayShare, R> row) {
    this.row = row;
  }

  @Override
  public void open(OpenContext context) {
    days =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(DAYS, Types.INT, TypeInformation.of(DayShare.class)));
  }

  @Override
  public void processElement(DayShare share, Context context, Collector<Change<R>> out)
      throws Exception {
    DayShare before = days.get(share.day());
    DayShare after = before == null ? share : before.plus(share);
    if (before == null) {
      begin(share, context.timerService().currentWatermark());
      context.timerService().registerEventTimeTimer(Days.last(share.day()));
    }
    days.put(share.day(), after);
    out.collect(Change.upsert(row.map(after)));
  }

  /** A share of a finished day would begin it anew, and overwrite its row. */
  private static void begin(DayShare share, long watermark) {
    if (Days.last(share.day()) <= watermark) {
      throw new IllegalStateException(
          "%s got a share of day %d, but the watermark is %s already; late events must be kept from the job"
              .formatted(share.id(), share.day(), Instant.ofEpochMilli(watermark)));
    }
  }

  @Override
  public void onTimer(long last, OnTimerContext context, Collector<Change<R>> out)
      throws Exception {
    days.remove(Days.of(last));
  }
}
