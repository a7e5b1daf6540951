package io.kappa.common.log;

import io.kappa.common.event.Event;
import io.kappa.common.log.EventTimeRule.Verdict;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * The watermark of one partition: its high-water mark less the lateness. The source combines them
 * to the least of all its partitions, so one that is idle holds the others back.
 */
final class PartitionWatermarks<E extends Event> implements WatermarkGenerator<LogRecord<E>> {

  private final EventTimeRule rule;
  private long highWater = EventTimeRule.NOTHING_YET;

  private PartitionWatermarks(EventTimeRule rule) {
    this.rule = rule;
  }

  static <E extends Event> WatermarkStrategy<LogRecord<E>> strategy(EventTimeRule rule) {
    WatermarkGeneratorSupplier<LogRecord<E>> generators =
        context -> new PartitionWatermarks<>(rule);
    return WatermarkStrategy.forGenerator(generators);
  }

  @Override
  public void onEvent(LogRecord<E> record, long timestamp, WatermarkOutput output) {
    if (record.event() == null) {
      return;
    }
    long at = record.event().at();
    // Late ones are below the mark anyway; from here on the rule is the intake's own.
    if (at > highWater && rule.judge(at, record.timestamp(), highWater) == Verdict.ON_TIME) {
      highWater = at;
    }
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    if (highWater != EventTimeRule.NOTHING_YET) {
      output.emitWatermark(new Watermark(rule.watermark(highWater)));
    }
  }
}
