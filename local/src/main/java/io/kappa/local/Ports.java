package io.kappa.local;

import java.util.List;

/**
 * The ports the parts answer on; 0 takes a free one at the first start and keeps it.
 *
 * @param kafka the broker's
 * @param postgres the serving store's
 * @param flinkRest of Flink's REST interface and web UI
 * @param zookeeper ZooKeeper's
 */
public record Ports(int kafka, int postgres, int flinkRest, int zookeeper) {

  /** The usual port of each part plus 10,000, so that nothing else is in the way. */
  public static final Ports DEFAULT = new Ports(19092, 15432, 18081, 12181);

  /** Free ones. */
  public static final Ports FREE = new Ports(0, 0, 0, 0);

  /**
   * @throws StackException if a port isn't in 0..65535
   */
  public Ports {
    check("kafka", kafka);
    check("postgres", postgres);
    check("flink", flinkRest);
    check("zookeeper", zookeeper);
  }

  List<Integer> all() {
    return List.of(kafka, postgres, flinkRest, zookeeper);
  }

  private static void check(String name, int port) {
    if (port < 0 || port > 65_535) {
      throw new StackException(
          "Port %d for %s is out of range".formatted(port, name), "set one of 0 (any) to 65535");
    }
  }
}
