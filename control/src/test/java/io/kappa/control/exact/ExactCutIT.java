package io.kappa.control.exact;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.control.Sabotage;
import io.kappa.local.junit.LocalStack;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a reader sees in one snapshot is what the oracle says of the log before that snapshot's
 * frontier, through failures of tasks, checkpoints and commits; and each safeguard is needed for
 * it.
 */
class ExactCutIT {

  @RegisterExtension static final LocalStack stack = LocalStack.brokerAndStore();

  private static final String RULES = "io.kappa.common.sink.LedgerRules";

  @TempDir Path directory;

  @Test
  void everySnapshotIsAnExactCut() throws Exception {
    assertThat(broken(12)).isEmpty();
  }

  @Test
  void soItIsWhenRowsAreStaged() throws Exception {
    try (Trial trial = new Trial(stack, directory, seed()).stagingBeyond(20)) {
      assertThat(trial.run(7)).isEmpty();
    }
  }

  @Test
  void withoutTheLedgerCheckACommitThatComesAgainStopsTheRun() throws Exception {
    try (Sabotage taken = Sabotage.saying(false, RULES, "isCommitted")) {
      assertThat(broken(5))
          .anySatisfy(
              what ->
                  assertThat(what)
                      .startsWith("a run stopped that should go on")
                      .contains("LedgerConflictException"));
    }
  }

  @Test
  void withoutTheChainCheckAStorePutBackIsNotNoticed() throws Exception {
    try (Sabotage taken = Sabotage.saying(true, RULES, "follows")) {
      assertThat(broken(5)).contains("a run goes on that should stop because: older copy");
    }
  }

  @Test
  void withoutTheFencingTokenTheReplacedRunGoesOn() throws Exception {
    try (Sabotage taken = Sabotage.saying(true, RULES, "owns")) {
      assertThat(broken(5))
          .anySatisfy(
              what -> assertThat(what).contains("should stop because: was replaced by run"));
    }
  }

  @Test
  void withoutTheOffsetsAheadOfTheBarrierRowsAndFrontierPartCompany() throws Exception {
    try (Sabotage taken =
        Sabotage.silencing("io.kappa.common.log.Intake", "prepareSnapshotPreBarrier")) {
      assertThat(broken(5))
          .anySatisfy(what -> assertThat(what).contains("has rows that shouldn't be"));
    }
  }

  private List<String> broken(int rounds) throws Exception {
    try (Trial trial = new Trial(stack, directory, seed())) {
      return trial.run(rounds);
    }
  }

  private static long seed() {
    long seed = Long.getLong("kappa.seed", System.nanoTime());
    System.out.println("seed " + seed + " (-Dkappa.seed=" + seed + ")");
    return seed;
  }
}
