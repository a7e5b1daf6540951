package io.kappa.control.cli;

import io.kappa.local.process.Daemon;
import io.kappa.local.process.JavaProcess;
import io.kappa.local.process.Launch;
import io.kappa.local.process.Supervisor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** The background driver, as a process that {@code kappa up} starts and {@code down} stops. */
final class DriverProcess implements Daemon {

  private static final String NAME = "driver";
  private static final int HEAP_MB = 192;

  private final Installation installation;

  private DriverProcess(Installation installation) {
    this.installation = installation;
  }

  /** Its supervision. */
  static Supervisor supervisor(Installation installation) {
    return new Supervisor(new DriverProcess(installation), installation.data(), "127.0.0.1");
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public OptionalInt port() {
    return OptionalInt.empty();
  }

  @Override
  public void prepare() {
    // It finds all it needs in the catalogue.
  }

  @Override
  public Launch launch() {
    Path lib = installation.home().resolve("target/kappa/lib/cli");
    return new JavaProcess(lib, Kappa.class.getName(), List.of("drive"))
        .marked(installation.data(), NAME)
        .heap(HEAP_MB)
        .option("-XX:+UseSerialGC")
        .option("-XX:TieredStopAtLevel=1")
        .option("-Dkappa.home=" + installation.home())
        .launch(installation.data());
  }

  @Override
  public List<String> marks() {
    return JavaProcess.marks(installation.data(), NAME);
  }

  /** What it couldn't do now, it tries again; that it runs is enough. */
  @Override
  public boolean answers() {
    return true;
  }

  @Override
  public Duration stopLimit() {
    return Duration.ofSeconds(5);
  }

  @Override
  public Path log(Path logs) {
    return logs.resolve("kappa.log");
  }
}
