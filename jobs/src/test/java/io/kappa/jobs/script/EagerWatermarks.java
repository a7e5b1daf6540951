package io.kappa.jobs.script;

import io.kappa.common.event.Event;
import io.kappa.common.log.LogRecord;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * The watermark of one partition after every single record, so that state is freed as early as it
 * ever may be. The real source does it now and then.
 */
public final class EagerWatermarks<E extends Event> implements WatermarkGenerator<LogRecord<E>> {

  private final long lateness;
  private final long future;
  private long highest = Long.MIN_VALUE;

  private EagerWatermarks(long lateness, long future) {
    this.lateness = lateness;
    this.future = future;
  }

  /** Watermarks for a lateness and a future, in milliseconds. */
  public static <E extends Event> WatermarkStrategy<LogRecord<E>> of(long lateness, long future) {
    return WatermarkStrategy.forGenerator(context -> new EagerWatermarks<>(lateness, future));
  }

  @Override
  public void onEvent(LogRecord<E> record, long time, WatermarkOutput output) {
    if (record.event() != null && time <= record.timestamp() + future && time > highest) {
      highest = time;
      output.emitWatermark(new Watermark(highest - lateness - 1));
    }
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {}
}
