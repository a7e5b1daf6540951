package io.kappa.savepoints.compat;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** A sink whose texts a test of the same JVM finds under a name. */
record Gathered(String run) implements Sink<String> {

  private static final Map<String, Queue<String>> TEXTS = new ConcurrentHashMap<>();

  Queue<String> texts() {
    return TEXTS.computeIfAbsent(run, name -> new ConcurrentLinkedQueue<>());
  }

  @Override
  public SinkWriter<String> createWriter(WriterInitContext context) {
    Queue<String> texts = texts();
    return new SinkWriter<>() {
      @Override
      public void write(String text, Context where) {
        texts.add(text);
      }

      @Override
      public void flush(boolean endOfInput) {}

      @Override
      public void close() {}
    };
  }
}
