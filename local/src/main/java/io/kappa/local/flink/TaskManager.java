package io.kappa.local.flink;

import io.kappa.local.process.Daemon;
import io.kappa.local.process.DurableFile;
import io.kappa.local.process.FreePort;
import io.kappa.local.process.JavaProcess;
import io.kappa.local.process.Launch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** A Flink TaskManager: where jobs run. */
public final class TaskManager implements Daemon {

  private final FlinkHome home;
  private final int index;

  /**
   * @param index its number, counted from 0
   */
  public TaskManager(FlinkHome home, int index) {
    this.home = home;
    this.index = index;
  }

  @Override
  public String name() {
    return "taskmanager-" + index;
  }

  @Override
  public OptionalInt port() {
    return OptionalInt.empty();
  }

  @Override
  public void prepare() {
    home.clearTemporary(name());
    DurableFile.write(rpcPortFile(), Integer.toString(FreePort.pick(home.host())));
  }

  @Override
  public Launch launch() {
    FlinkSettings settings = home.write();
    MemoryOptions memory = MemoryOptions.of(home, settings, MemoryOptions.Owner.TASKMANAGER);
    List<String> arguments = new ArrayList<>(List.of("--configDir", home.conf().toString()));
    arguments.addAll(memory.settings());
    arguments.add("-Dio.tmp.dirs=" + home.temporary(name()));
    arguments.add("-Dtaskmanager.rpc.port=" + rpcPort());
    // It only hears from ZooKeeper who leads: a long pause of its collector is no reason to restart
    // its jobs.
    arguments.add("-Dhigh-availability.zookeeper.client.session-timeout=20s");
    // The same name each time: when the next one registers, a killed one counts as gone at once.
    arguments.add("-Dtaskmanager.resource-id=" + name());
    return home.java(
            settings, name(), "org.apache.flink.runtime.taskexecutor.TaskManagerRunner", arguments)
        .options(settings.taskManagerOptions())
        .options(memory.jvm())
        .launch(home.data());
  }

  @Override
  public List<String> marks() {
    return JavaProcess.marks(home.data(), name());
  }

  /** A TaskManager works once the JobManager knows it, this very one and not the one before. */
  @Override
  public boolean answers() {
    return new FlinkRest(home.host(), home.restPort()).hasTaskManager(rpcPort());
  }

  private int rpcPort() {
    try {
      return Integer.parseInt(Files.readString(rpcPortFile()).strip());
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path rpcPortFile() {
    return home.data().resolve("run").resolve(name() + ".rpc-port");
  }
}
