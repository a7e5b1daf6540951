package io.kappa.jobs.frauddetection;

import java.util.function.BiConsumer;
import org.apache.flink.runtime.event.WatermarkEvent;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

/**
 * Hands on all that an operator sends, under the id of its side output.
 *
 * @param route is told the id, {@link #MAIN} or {@link #EVERYWHERE}, and the value or watermark
 */
record RoutedOutput<T>(BiConsumer<String, Object> route) implements Output<StreamRecord<T>> {

  static final String MAIN = "main";
  static final String EVERYWHERE = "everywhere";

  @Override
  public void collect(StreamRecord<T> record) {
    route.accept(MAIN, record.getValue());
  }

  @Override
  public <X> void collect(OutputTag<X> tag, StreamRecord<X> record) {
    route.accept(tag.getId(), record.getValue());
  }

  @Override
  public void emitWatermark(Watermark mark) {
    route.accept(EVERYWHERE, mark);
  }

  @Override
  public void emitWatermarkStatus(WatermarkStatus status) {}

  @Override
  public void emitLatencyMarker(LatencyMarker marker) {}

  @Override
  public void emitRecordAttributes(RecordAttributes attributes) {}

  @Override
  public void emitWatermark(WatermarkEvent watermark) {}

  @Override
  public void close() {}
}
