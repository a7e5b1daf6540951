package io.kappa.local.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Looks processes up by what they say of themselves, for those whose pid nobody wrote down. */
public final class ProcessTable {

  private ProcessTable() {}

  /** All live processes among whose arguments each of these is one. */
  public static List<ProcessId> withArguments(List<String> arguments) {
    return ProcessHandle.allProcesses()
        .filter(handle -> arguments(handle).containsAll(arguments))
        .flatMap(handle -> ProcessId.of(handle.pid()).stream())
        .toList();
  }

  /** All live processes whose working directory this is; none where the system doesn't tell. */
  public static List<ProcessId> workingIn(Path directory) {
    return ProcessHandle.allProcesses()
        .filter(handle -> workingDirectory(handle).filter(directory::equals).isPresent())
        .flatMap(handle -> ProcessId.of(handle.pid()).stream())
        .toList();
  }

  private static List<String> arguments(ProcessHandle handle) {
    Path cmdline = Path.of("/proc", Long.toString(handle.pid()), "cmdline");
    try {
      // ProcessHandle gives up on command lines longer than a page.
      return List.of(
          new String(Files.readAllBytes(cmdline), StandardCharsets.UTF_8).split("\0", -1));
    } catch (IOException e) {
      return handle.info().arguments().map(Arrays::asList).orElse(List.of());
    }
  }

  private static Optional<Path> workingDirectory(ProcessHandle handle) {
    try {
      return Optional.of(
          Files.readSymbolicLink(Path.of("/proc", Long.toString(handle.pid()), "cwd")));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
