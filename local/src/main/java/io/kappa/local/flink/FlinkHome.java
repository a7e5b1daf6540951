package io.kappa.local.flink;

import io.kappa.local.StackConfig;
import io.kappa.local.process.DurableFile;
import io.kappa.local.process.JavaProcess;
import io.kappa.local.process.Tree;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the Flink of a stack has its jars, its settings and its files.
 *
 * @param config the stack
 * @param restPort port of the REST interface
 * @param zookeeper {@code host:port} of ZooKeeper
 */
public record FlinkHome(StackConfig config, int restPort, String zookeeper) {

  private static final List<String> FILES = List.of("config.yaml", "live.yaml", "local.yaml");

  Path data() {
    return config.data();
  }

  String host() {
    return config.host();
  }

  /** The directory whose {@code config.yaml} names this cluster. */
  Path conf() {
    return data().resolve("flink/conf");
  }

  /** A directory for what a process needs only while it lives. */
  Path temporary(String process) {
    return data().resolve("flink/tmp").resolve(process);
  }

  /** Deletes what the last process of that name kept on disk: state comes from checkpoints. */
  void clearTemporary(String process) {
    Tree.recreate(temporary(process));
  }

  /** Writes {@code config.yaml} for the processes and for clients. */
  FlinkSettings write() {
    FlinkSettings settings =
        FlinkSettings.read(config.home().resolve("flink-conf"), FILES)
            .with(computed())
            .with(config.flink());
    DurableFile.write(conf().resolve("config.yaml"), settings.yaml());
    return settings;
  }

  /** A Flink main class, marked as that process of the stack, logging into its file. */
  JavaProcess java(FlinkSettings settings, String process, String main, List<String> arguments) {
    return new JavaProcess(lib(), main, arguments)
        .marked(data(), process)
        .options(settings.javaOptions())
        .log4j(
            config.home().resolve("flink-conf/log4j.properties"),
            data().resolve("logs").resolve(process + ".log"));
  }

  Path lib() {
    return config.dist().resolve("lib/flink");
  }

  private Map<String, String> computed() {
    Path files = data().resolve("flink");
    Map<String, String> computed = new TreeMap<>();
    computed.put("jobmanager.rpc.address", host());
    computed.put("jobmanager.bind-host", host());
    computed.put("taskmanager.host", host());
    computed.put("taskmanager.bind-host", host());
    computed.put("rest.address", host());
    computed.put("rest.bind-address", host());
    computed.put("rest.port", Integer.toString(restPort));
    computed.put("high-availability.zookeeper.quorum", zookeeper);
    computed.put("high-availability.storageDir", files.resolve("ha").toUri().toString());
    computed.put("execution.checkpointing.dir", files.resolve("checkpoints").toUri().toString());
    computed.put(
        "execution.checkpointing.savepoint-dir", files.resolve("savepoints").toUri().toString());
    computed.put("web.upload.dir", files.resolve("upload").toString());
    computed.put("jobmanager.memory.process.size", config.sizes().jobManagerMb() + "m");
    computed.put("taskmanager.memory.process.size", config.sizes().taskManagerMb() + "m");
    computed.put("taskmanager.numberOfTaskSlots", Integer.toString(config.sizes().taskSlots()));
    return computed;
  }
}
