package io.kappa.control.exact;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.local.Part;
import io.kappa.local.junit.LocalStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The shipped job on the whole stack, every part a process: whichever is killed at whatever moment,
 * a reader sees exact cuts only, and the version goes on to the log's end.
 */
class KilledStackIT {

  @RegisterExtension static final LocalStack stack = LocalStack.withFlink();

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** A bit more than the time between two commits, so that the kill may be anywhere in it. */
  private static final int LONGEST_PAUSE_MS = 1200;

  @Test
  void everySnapshotIsAnExactCutWhateverProcessIsKilled() throws Exception {
    long seed = Long.getLong("kappa.seed", System.nanoTime());
    System.out.println("seed " + seed + " (-Dkappa.seed=" + seed + ")");
    Random random = new Random(seed);
    List<Cut> cuts;
    LogOracle oracle;
    Map<Integer, Long> end;
    try (ShippedVersion version = new ShippedVersion(stack, seed)) {
      version.log().write(3000);
      version.start();
      try (CutReader reader = new CutReader(version.database())) {
        for (Set<Part> killed : rounds(random)) {
          killAndStart(version, killed, random);
          assertThat(version.catchesUp(PATIENCE))
              .as(() -> "at the log's end after %s; %s".formatted(killed, version.state()))
              .isTrue();
        }
        cuts = reader.stop();
      }
      oracle = version.oracle();
      end = version.end();
    }

    assertThat(cuts).hasSizeGreaterThan(Part.values().length);
    assertThat(cuts).flatExtracting(cut -> cut.against(oracle)).isEmpty();
    assertThat(cuts.stream().map(Cut::frontier).toList()).satisfies(KilledStackIT::neverGoesBack);
    assertThat(cuts.get(cuts.size() - 1).frontier()).isEqualTo(end);
  }

  /** Each part by itself, in any order, and then all at once. */
  private static List<Set<Part>> rounds(Random random) {
    List<Set<Part>> rounds = new ArrayList<>();
    for (Part part : EnumSet.of(Part.TASKMANAGER, Part.JOBMANAGER, Part.KAFKA, Part.POSTGRES)) {
      rounds.add(EnumSet.of(part));
    }
    Collections.shuffle(rounds, random);
    rounds.add(EnumSet.allOf(Part.class));
    return rounds;
  }

  private static void killAndStart(ShippedVersion version, Set<Part> parts, Random random) {
    version.log().write(200 + random.nextInt(300));
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(LONGEST_PAUSE_MS)));
    parts.parallelStream().forEach(stack.stack()::kill9);
    if (!parts.contains(Part.KAFKA)) {
      version.log().write(100);
    }
    stack.stack().up(parts, line -> {});
    version.log().write(100);
  }

  private static void neverGoesBack(List<? extends Map<Integer, Long>> frontiers) {
    for (int i = 1; i < frontiers.size(); i++) {
      Map<Integer, Long> before = frontiers.get(i - 1);
      assertThat(frontiers.get(i))
          .as("what was seen after " + before)
          .allSatisfy(
              (partition, next) -> assertThat(next).isGreaterThanOrEqualTo(before.get(partition)));
    }
  }
}
