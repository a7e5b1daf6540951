package io.kappa.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where it was measured, without a name.
 *
 * @param processor the processor's model, where the system says
 * @param load how many processes wanted a core in the minute before; negative if unknown
 */
public record Machine(
    int cores, String processor, long memoryMb, String jdk, String kernel, double load) {

  /** This one, now. */
  public static Machine here() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new Machine(
        system.getAvailableProcessors(),
        model(),
        system.getTotalMemorySize() >> 20,
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
        "%s %s %s".formatted(system.getName(), system.getVersion(), system.getArch()),
        system.getSystemLoadAverage());
  }

  private static String model() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }
}
