package io.kappa.local;

import java.nio.file.Path;

/** Configurations of stacks that tests have for themselves. */
public final class TestStacks {

  private TestStacks() {}

  /** A stack on free ports with its data in that directory. */
  public static StackConfig in(Path data) {
    return StackConfig.of(Path.of(System.getProperty("kappa.home")))
        .withDist(Path.of(System.getProperty("kappa.dist")))
        .withData(data)
        .withPorts(Ports.FREE);
  }
}
