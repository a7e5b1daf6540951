package io.kappa.control.exact;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.control.Sabotage;
import io.kappa.local.junit.LocalStack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A version that has nothing to read, or very much, leaves the machine to others or to its reading,
 * and what is written then isn't late.
 */
class QuietIT {

  @RegisterExtension static final LocalStack stack = LocalStack.brokerAndStore();

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
    FlakyActivityMetrics.NANOS_A_RECORD.set(0);
    setting.close();
  }

  @Test
  void checkpointsAreRareUntilTheNextRecordAndAgainBehindIt() throws Exception {
    for (int time = 0; time < 2; time++) {
      assertThat(setting.ledgerIsAtNewestCheckpoint(run)).isTrue();

      setting.log().write(40);

      assertThat(setting.caughtUp(run)).isTrue();
      assertThat(setting.cut().against(setting.oracle())).isEmpty();
    }
  }

  @Test
  void afterAFailureTheyAreNotRareUntilThereIsNothingToReadAgain() throws Exception {
    assertThat(setting.ledgerIsAtNewestCheckpoint(run)).isTrue();
    FlakyActivityMetrics.TASK_FAILS_IN.set(20);

    setting.log().write(200);

    assertThat(setting.caughtUp(run)).isTrue();
    assertThat(setting.cluster().restarts(run)).isPositive();
    assertThat(setting.cut().against(setting.oracle())).isEmpty();
    assertThat(setting.ledgerIsAtNewestCheckpoint(run)).isTrue();
  }

  @Test
  void checkpointsAreRareWhileItIsFarBehindToo() throws Exception {
    fallFarBehind();

    FlakyActivityMetrics.NANOS_A_RECORD.set(0);

    assertThat(setting.caughtUp(run)).isTrue();
    assertThat(setting.cut().against(setting.oracle())).isEmpty();
  }

  @Test
  void withoutAWordThatItIsNearTheEndItWouldWaitThere() throws Exception {
    fallFarBehind();
    try (Sabotage taken = Sabotage.silencing("io.kappa.common.log.WhileRecordsCome", "wake")) {
      FlakyActivityMetrics.NANOS_A_RECORD.set(0);

      assertThat(setting.caughtUp(run)).isFalse();
    }
  }

  /** So slowly that each reader has several times as much left as it reads between questions. */
  private void fallFarBehind() throws Exception {
    FlakyActivityMetrics.NANOS_A_RECORD.set(10_000_000);
    setting.log().write(16_000);
    assertThat(setting.ledgerIsAtNewestCheckpoint(run)).isTrue();
    assertThat(setting.cut().frontier()).isNotEqualTo(setting.logEnd());
  }

  @Test
  void withoutAWordOfTheFirstRecordItWouldWait() throws Exception {
    assertThat(setting.ledgerIsAtNewestCheckpoint(run)).isTrue();
    try (Sabotage taken = Sabotage.silencing("io.kappa.common.log.WhileRecordsCome", "wake")) {
      setting.log().write(40);

      assertThat(setting.caughtUp(run)).isFalse();
    }
  }
}
