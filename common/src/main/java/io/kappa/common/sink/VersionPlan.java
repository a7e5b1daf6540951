package io.kappa.common.sink;

import io.kappa.common.log.Pin;
import java.util.List;
import java.util.Map;

/**
 * What the catalogue says of a version that is to be run.
 *
 * @param schema the schema its tables are in
 * @param parameters all parameters as text
 * @param pins the topics it reads and where it began
 * @param leg the newest leg, which is the one to run
 * @param rate records/s that it may read at most on a leg with a fence; 0 without limit
 */
public record VersionPlan(
    Run run,
    String schema,
    Map<String, String> parameters,
    List<Pin> pins,
    int maxParallelism,
    LegPlan leg,
    long rate) {

  /**
   * What the version holds on to of a topic.
   *
   * @throws IllegalArgumentException if it reads none of it
   */
  public Pin pin(String topic) {
    return pins.stream()
        .filter(pin -> pin.topic().equals(topic))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Version %d of %s pinned no start of topic %s"
                        .formatted(run.version(), run.job(), topic)));
  }
}
