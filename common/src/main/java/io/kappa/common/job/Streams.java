package io.kappa.common.job;

import io.kappa.common.event.Event;
import io.kappa.common.event.serde.Topic;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * The streams a job reads, by topic: wanted events only, none late, none from the future, with
 * event time and watermarks set.
 */
@FunctionalInterface
public interface Streams {

  /**
   * @throws IllegalArgumentException if the job didn't declare the topic as an input
   */
  <E extends Event> DataStream<E> of(Topic<E> topic);
}
