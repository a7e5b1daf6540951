package io.kappa.jobs.script;

import java.util.function.BiConsumer;
import org.apache.flink.runtime.event.WatermarkEvent;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

/** Hands on all that an operator sends, under the id of its side output. */
public class RoutedOutput<T> implements Output<StreamRecord<T>> {

  public static final String MAIN = "main";
  public static final String EVERYWHERE = "everywhere";

  private final BiConsumer<String, Object> route;

  /**
   * @param route is told the id, {@link #MAIN} or {@link #EVERYWHERE}, and the value or watermark
   */
  public RoutedOutput(BiConsumer<String, Object> route) {
    this.route = route;
  }

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
