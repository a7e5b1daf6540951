package io.kappa.local;

import io.kappa.local.flink.FlinkHome;
import io.kappa.local.flink.JobManager;
import io.kappa.local.flink.TaskManager;
import io.kappa.local.flink.ZooKeeper;
import io.kappa.local.kafka.KafkaBroker;
import io.kappa.local.postgres.PostgresServer;
import io.kappa.local.process.Daemon;
import io.kappa.local.process.Supervisor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process of the stack by its part, with what starts and stops it. */
record Supervised(Part part, int index, Supervisor supervisor) {

  /** All processes of a stack, in the order in which they depend on each other. */
  static List<Supervised> all(StackConfig config, StackState state) {
    Path dist = config.dist();
    Path data = config.data();
    String host = state.host();
    Ports ports = state.ports();
    List<Supervised> all = new ArrayList<>();
    all.add(
        of(
            Part.ZOOKEEPER,
            new ZooKeeper(dist.resolve("lib/flink"), data, host, ports.zookeeper()),
            config));
    all.add(
        of(
            Part.POSTGRES,
            new PostgresServer(
                dist, data, host, ports.postgres(), config.sizes().postgresBuffersMb()),
            config));
    all.add(
        of(
            Part.KAFKA,
            new KafkaBroker(
                dist.resolve("lib/kafka"), data, host, ports.kafka(), config.sizes().kafkaHeapMb()),
            config));
    FlinkHome flink = new FlinkHome(config, ports.flinkRest(), host + ":" + ports.zookeeper());
    all.add(of(Part.JOBMANAGER, new JobManager(flink), config));
    for (int i = 0; i < state.taskManagers(); i++) {
      all.add(of(Part.TASKMANAGER, i, new TaskManager(flink, i), config));
    }
    return all;
  }

  private static Supervised of(Part part, Daemon daemon, StackConfig config) {
    return of(part, 0, daemon, config);
  }

  private static Supervised of(Part part, int index, Daemon daemon, StackConfig config) {
    return new Supervised(part, index, new Supervisor(daemon, config.data(), config.host()));
  }
}
