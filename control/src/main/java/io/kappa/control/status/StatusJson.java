package io.kappa.control.status;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kappa.control.status.JobStatus.VersionStatus;
import io.kappa.control.version.Frontier;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** How jobs do, as JSON: an array, an object a job. */
public final class StatusJson {

  private static final JsonNodeFactory NODES = new ObjectMapper().getNodeFactory();

  private StatusJson() {}

  /** The array. */
  public static ArrayNode of(List<JobStatus> jobs) {
    ArrayNode array = NODES.arrayNode();
    for (JobStatus job : jobs) {
      ObjectNode node = array.addObject();
      node.put("job", job.job().value());
      put(node, "live", job.live());
      ArrayNode versions = node.putArray("versions");
      job.versions().forEach(version -> versions.add(of(version)));
    }
    return array;
  }

  private static ObjectNode of(VersionStatus version) {
    ObjectNode node = NODES.objectNode();
    node.put("version", version.name().number());
    node.put("phase", version.phase().name());
    node.set("frontier", of(version.frontier()));
    put(node, "lag", version.lag());
    node.put("committedAt", version.committedAt().map(Instant::toString).orElse(null));
    node.put("applied", version.counts().applied());
    node.put("filtered", version.counts().filtered());
    node.put("quarantined", version.counts().quarantined());
    node.put("failure", version.failure().orElse(null));
    node.put("state", version.engine().name());
    node.put("restarting", version.trouble().orElse(null));
    node.put("truncated", version.truncated());
    node.put("upgrade", version.upgrade().map(upgrade -> upgrade.stage().name()).orElse(null));
    return node;
  }

  /** A frontier: topic -> partition -> next offset. */
  public static ObjectNode of(Frontier frontier) {
    ObjectNode topics = NODES.objectNode();
    frontier
        .offsets()
        .forEach(
            (topic, partitions) -> {
              ObjectNode node = topics.putObject(topic);
              partitions.forEach((partition, offset) -> node.put(partition.toString(), offset));
            });
    return topics;
  }

  private static void put(ObjectNode node, String name, OptionalInt value) {
    if (value.isPresent()) {
      node.put(name, value.getAsInt());
    } else {
      node.putNull(name);
    }
  }

  private static void put(ObjectNode node, String name, OptionalLong value) {
    if (value.isPresent()) {
      node.put(name, value.getAsLong());
    } else {
      node.putNull(name);
    }
  }
}
