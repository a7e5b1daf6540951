package io.kappa.local.flink;

import io.kappa.local.process.Daemon;
import io.kappa.local.process.JavaProcess;
import io.kappa.local.process.Launch;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Flink's JobManager with its REST interface. What it knows of jobs is in ZooKeeper and the HA
 * directory, so that they go on after it was stopped or killed.
 */
public final class JobManager implements Daemon {

  private final FlinkHome home;

  /** The JobManager of that Flink. */
  public JobManager(FlinkHome home) {
    this.home = home;
  }

  @Override
  public String name() {
    return "jobmanager";
  }

  @Override
  public OptionalInt port() {
    return OptionalInt.of(home.restPort());
  }

  @Override
  public String portName() {
    return "FLINK";
  }

  @Override
  public void prepare() {
    home.clearTemporary(name());
  }

  @Override
  public Launch launch() {
    FlinkSettings settings = home.write();
    MemoryOptions memory = MemoryOptions.of(home, settings, MemoryOptions.Owner.JOBMANAGER);
    List<String> arguments = new ArrayList<>(List.of("--configDir", home.conf().toString()));
    arguments.addAll(memory.settings());
    arguments.add("-Dio.tmp.dirs=" + home.temporary(name()));
    return home.java(
            settings,
            name(),
            "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
            arguments)
        .options(settings.jobManagerOptions())
        .options(memory.jvm())
        .launch(home.data());
  }

  @Override
  public List<String> marks() {
    return JavaProcess.marks(home.data(), name());
  }

  @Override
  public boolean answers() {
    return new FlinkRest(home.host(), home.restPort()).answers();
  }
}
