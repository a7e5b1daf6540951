package io.kappa.jobs.script;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.event.WatermarkEvent;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

/** Keeps all that an operator sends, in its order; the harness's own can't type {@code Change}. */
public final class CollectedOutput<T> implements Output<StreamRecord<T>> {

  private final List<Object> sent = new ArrayList<>();

  /** Everything sent so far, watermarks too. */
  public List<Object> sent() {
    return List.copyOf(sent);
  }

  @Override
  public void collect(StreamRecord<T> record) {
    sent.add(record.getValue());
  }

  @Override
  public <X> void collect(OutputTag<X> tag, StreamRecord<X> record) {
    sent.add(record.getValue());
  }

  @Override
  public void emitWatermark(Watermark mark) {
    sent.add(mark);
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
