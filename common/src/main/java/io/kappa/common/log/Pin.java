package io.kappa.common.log;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a version holds on to of a topic: which one it is, and where its log was begun.
 *
 * @param topicId the id that Kafka gave the topic when it was created
 * @param start partition -> first offset; all partitions that the topic had at launch
 */
public record Pin(String topic, String topicId, Map<Integer, Long> start) implements Serializable {

  public Pin {
    start = Collections.unmodifiableMap(new TreeMap<>(start));
  }
}
