package io.kappa.local;

import java.nio.file.Path;
import java.util.Map;

/**
 * Environment variables that configure the local stack. Only {@code up} needs those for ports and
 * sizes: ports are kept with the data, and every other command finds them there.
 */
public record StackEnvironment(Map<String, String> variables) {

  /** Directory of all data. */
  public static final String DATA = "KAPPA_DATA";

  /** Port of the broker; 0 takes a free one. */
  public static final String KAFKA_PORT = "KAPPA_KAFKA_PORT";

  /** Port of PostgreSQL; 0 takes a free one. */
  public static final String POSTGRES_PORT = "KAPPA_POSTGRES_PORT";

  /** Port of Flink's REST interface and web UI; 0 takes a free one. */
  public static final String FLINK_PORT = "KAPPA_FLINK_PORT";

  /** Port of ZooKeeper; 0 takes a free one. */
  public static final String ZOOKEEPER_PORT = "KAPPA_ZOOKEEPER_PORT";

  /** The broker's heap, in MiB. */
  public static final String KAFKA_HEAP_MB = "KAPPA_KAFKA_HEAP_MB";

  /** PostgreSQL's shared buffers, in MiB. */
  public static final String POSTGRES_BUFFERS_MB = "KAPPA_POSTGRES_BUFFERS_MB";

  /** The JobManager's process, in MiB. */
  public static final String JOBMANAGER_MB = "KAPPA_JOBMANAGER_MB";

  /** A TaskManager's process, in MiB. */
  public static final String TASKMANAGER_MB = "KAPPA_TASKMANAGER_MB";

  /** How many TaskManagers. */
  public static final String TASKMANAGERS = "KAPPA_TASKMANAGERS";

  /** Slots of each TaskManager. */
  public static final String TASK_SLOTS = "KAPPA_TASK_SLOTS";

  /** Copies the map. */
  public StackEnvironment {
    variables = Map.copyOf(variables);
  }

  /**
   * The configuration with what these variables say on top.
   *
   * @throws StackException if a value isn't allowed
   */
  StackConfig over(StackConfig config) {
    Ports ports = config.ports();
    Sizes sizes = config.sizes();
    String data = variables.get(DATA);
    return config
        .withData(data == null || data.isBlank() ? config.data() : Path.of(data))
        .withPorts(
            new Ports(
                number(KAFKA_PORT, ports.kafka()),
                number(POSTGRES_PORT, ports.postgres()),
                number(FLINK_PORT, ports.flinkRest()),
                number(ZOOKEEPER_PORT, ports.zookeeper())))
        .withSizes(
            new Sizes(
                number(KAFKA_HEAP_MB, sizes.kafkaHeapMb()),
                number(POSTGRES_BUFFERS_MB, sizes.postgresBuffersMb()),
                number(JOBMANAGER_MB, sizes.jobManagerMb()),
                number(TASKMANAGER_MB, sizes.taskManagerMb()),
                number(TASKMANAGERS, sizes.taskManagers()),
                number(TASK_SLOTS, sizes.taskSlots())));
  }

  private int number(String name, int otherwise) {
    String value = variables.get(name);
    if (value == null || value.isBlank()) {
      return otherwise;
    }
    try {
      return Integer.parseInt(value.strip());
    } catch (NumberFormatException e) {
      throw new StackException(
          "%s is '%s', which is no whole number".formatted(name, value),
          "set a number, or unset it to have %d".formatted(otherwise),
          e);
    }
  }
}
