package io.kappa.benchmarks;

import io.kappa.local.Part;
import io.kappa.local.PartStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a part of the stack uses. PostgreSQL is many processes that share memory: its figure is the
 * sum of their proportional shares, and has no peak.
 *
 * @param cpuSeconds processor time since it was started
 * @param memoryMb resident memory now, in MiB; 0 where the system doesn't say
 * @param peakMb the most it ever was, in MiB; 0 where the system doesn't say
 */
public record ProcessUse(double cpuSeconds, long memoryMb, long peakMb) {

  /** What each part of a stack uses now. */
  public static Map<Part, ProcessUse> of(OwnStack stack) {
    Map<Part, ProcessUse> uses = new EnumMap<>(Part.class);
    for (PartStatus part : stack.parts()) {
      part.pid().stream()
          .mapToObj(ProcessHandle::of)
          .flatMap(Optional::stream)
          .forEach(process -> uses.merge(part.part(), of(process), ProcessUse::plus));
    }
    return uses;
  }

  /** What a process and all that it started use now. */
  public static ProcessUse of(ProcessHandle process) {
    List<ProcessHandle> family = Stream.concat(Stream.of(process), process.descendants()).toList();
    double cpu =
        family.stream()
            .map(one -> one.info().totalCpuDuration().orElse(Duration.ZERO))
            .mapToDouble(used -> used.toMillis() / 1000.0)
            .sum();
    if (family.size() == 1) {
      return new ProcessUse(cpu, mb(process, "status", "VmRSS:"), mb(process, "status", "VmHWM:"));
    }
    long shares = family.stream().mapToLong(one -> mb(one, "smaps_rollup", "Pss:")).sum();
    return new ProcessUse(cpu, shares, 0);
  }

  /** A line such as {@code VmRSS: 123456 kB} of a file below /proc, which only Linux has. */
  private static long mb(ProcessHandle process, String file, String field) {
    try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), file))) {
      return lines
          .filter(line -> line.startsWith(field))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException | UncheckedIOException e) {
      return 0;
    }
  }

  private ProcessUse plus(ProcessUse other) {
    return new ProcessUse(
        cpuSeconds + other.cpuSeconds, memoryMb + other.memoryMb, peakMb + other.peakMb);
  }

  /** The same with the processor time since then. */
  ProcessUse since(ProcessUse before) {
    double seconds = Math.round((cpuSeconds - before.cpuSeconds) * 100) / 100.0;
    return new ProcessUse(seconds, memoryMb, peakMb);
  }

  /** For each part, {@link #since}. */
  public static Map<Part, ProcessUse> since(
      Map<Part, ProcessUse> before, Map<Part, ProcessUse> now) {
    Map<Part, ProcessUse> uses = new EnumMap<>(Part.class);
    now.forEach(
        (part, use) ->
            uses.put(part, use.since(before.getOrDefault(part, new ProcessUse(0, 0, 0)))));
    return uses;
  }
}
