package io.kappa.control.exact;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.control.Sabotage;
import io.kappa.local.junit.LocalStack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A version that has nothing to read leaves the machine alone, and what comes then isn't late. */
class QuietIT {

  @RegisterExtension static final LocalStack stack = LocalStack.brokerAndStore();

  /** Of checkpoints every 150 ms there are many in that time. */
  private static final Duration STILL = Duration.ofSeconds(3);

  @TempDir Path directory;
  private Setting setting;
  private JobID run;

  @BeforeEach
  void aVersionHasReadItsLog() throws Exception {
    long seed = Long.getLong("kappa.seed", System.nanoTime());
    System.out.println("seed " + seed + " (-Dkappa.seed=" + seed + ")");
    setting = new Setting(stack, directory, seed);
    setting.cluster().rarely(Duration.ofHours(1));
    setting.log().write(300);
    setting.createVersion();
    run = setting.launch(2, "rocksdb", Optional.empty());
    assertThat(setting.caughtUp(run)).isTrue();
  }

  @AfterEach
  void close() throws Exception {
    setting.close();
  }

  @Test
  void checkpointsAreRareUntilTheNextRecordAndAgainBehindIt() throws Exception {
    for (int time = 0; time < 2; time++) {
      assertThat(becomesStill()).isTrue();

      setting.log().write(40);

      assertThat(setting.caughtUp(run)).isTrue();
      assertThat(setting.cut().against(setting.oracle())).isEmpty();
    }
  }

  @Test
  void afterAFailureTheyAreNotRareUntilThereIsNothingToReadAgain() throws Exception {
    assertThat(becomesStill()).isTrue();
    FlakyActivityMetrics.TASK_FAILS_IN.set(20);

    setting.log().write(200);

    assertThat(setting.caughtUp(run)).isTrue();
    assertThat(setting.cluster().restarts(run)).isPositive();
    assertThat(setting.cut().against(setting.oracle())).isEmpty();
    assertThat(becomesStill()).isTrue();
  }

  @Test
  void withoutAWordOfTheFirstRecordItWouldWait() throws Exception {
    assertThat(becomesStill()).isTrue();
    try (Sabotage taken = Sabotage.silencing("io.kappa.common.log.WhileRecordsCome", "wake")) {
      setting.log().write(40);

      assertThat(setting.caughtUp(run)).isFalse();
    }
  }

  private boolean becomesStill() {
    AtomicLong newest = new AtomicLong(-1);
    AtomicLong since = new AtomicLong();
    return Await.until(
        Setting.PATIENCE,
        () -> {
          long now = Cluster.number(setting.cluster().newestCheckpoint(run).orElseThrow());
          if (newest.getAndSet(now) != now) {
            since.set(System.nanoTime());
          }
          return System.nanoTime() - since.get() > STILL.toNanos();
        });
  }
}
