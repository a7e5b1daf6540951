package io.kappa.control.mistakes;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.common.table.TableShape;
import io.kappa.control.TestStore;
import io.kappa.control.compare.Comparison;
import io.kappa.control.compare.Comparisons;
import io.kappa.control.compare.TableReport;
import io.kappa.control.compare.Verdict;
import io.kappa.control.flink.FlinkCluster;
import io.kappa.control.replay.CandidateRequest;
import io.kappa.control.replay.Lane;
import io.kappa.control.version.Frontier;
import io.kappa.control.version.Phase;
import io.kappa.control.version.RunProfile;
import io.kappa.control.version.VersionName;
import io.kappa.local.junit.LocalStack;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Wrong versions of a job, each replayed beside the right one and compared with it at its fence:
 * the comparison finds just what the rules, worked out over the whole log by loops, say that
 * differs. And versions that only look otherwise, with which it finds nothing.
 */
class MistakesIT {

  @RegisterExtension static final LocalStack stack = LocalStack.brokerAndStore();

  private static final AtomicInteger FAILURES_LEFT = new AtomicInteger();
  private static final AtomicInteger RECORDS = new AtomicInteger();

  @TempDir static Path directory;

  private static Scene scene;
  private static Map<String, Map<List<Object>, List<Object>>> right;

  @BeforeAll
  static void theRightVersionHasReadTheLog() throws Exception {
    scene = new Scene(stack, directory, 3_000);
    right = scene.right();
  }

  @AfterAll
  static void close() throws Exception {
    scene.close();
  }

  @AfterEach
  void abort() {
    scene.lane().abort(TestStore.JOB);
  }

  static List<Mistake> mistakes() {
    return Mistakes.all();
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void isFound(Mistake mistake) throws Exception {
    Map<String, Map<List<Object>, List<Object>>> wrong = mistake.tables().of(scene.log().written());
    assertThat(wrong).as("what the log shows of it").isNotEqualTo(right);
    Path jar = scene.jar(mistake.job(scene.topic()));

    Comparison comparison = compared(scene.lane().candidate(TestStore.JOB, jar, mistake.given()));

    assertThat(comparison.verdict().outcome()).isEqualTo(Verdict.Outcome.UNDECIDED);
    assertThat(scene.tables(comparison.candidate().schema())).isEqualTo(wrong);
    assertThat(scene.tables(comparison.candidate().baselineSchema())).isEqualTo(right);
    assertThat(found(comparison)).isEqualTo(expected(wrong, comparison.candidate()));
  }

  @Test
  void anotherParallelismChangesNothing() throws Exception {
    changesNothing(scene.shipped(), new RunProfile(OptionalInt.of(3), "hashmap", "5s"));
  }

  @Test
  void nothingAtTheSameTimeChangesNothing() throws Exception {
    changesNothing(scene.shipped(), new RunProfile(OptionalInt.of(1), "hashmap", "5s"));
  }

  @Test
  void anotherStateBackendChangesNothing() throws Exception {
    changesNothing(scene.shipped(), new RunProfile(OptionalInt.of(2), "rocksdb", "5s"));
  }

  @Test
  void stepsThatDoNothingChangeNothing() throws Exception {
    changesNothing(
        scene.shipped().events(() -> List::of).rows("item_totals", change -> change), Lane.HEAP);
  }

  @Test
  void stagedRowsChangeNothing() throws Exception {
    scene.lane().flink().stageBeyond(20);
    try {
      changesNothing(scene.shipped(), Lane.HEAP);
    } finally {
      scene.lane().flink().stageBeyond(Integer.MAX_VALUE);
    }
  }

  @Test
  void flinkSaysHowFarACandidateHasRead() throws Exception {
    VersionName name = scene.lane().candidate(TestStore.JOB, scene.jar(scene.shipped()), Map.of());
    compared(name);
    FlinkCluster flink = scene.lane().flink();
    String run = flink.job(name.runName()).orElseThrow().id();
    Frontier fence = scene.lane().entry(name).leg().orElseThrow().fence().orElseThrow();

    assertThat(Lane.until(Duration.ofSeconds(30), () -> Frontier.of(flink.read(run)).equals(fence)))
        .as("read to %s, the fence is %s", flink.read(run), fence)
        .isTrue();
  }

  @Test
  void tasksThatFailChangeNothing() throws Exception {
    FAILURES_LEFT.set(3);
    changesNothing(
        scene
            .shipped()
            .events(
                () ->
                    event -> {
                      if (RECORDS.incrementAndGet() % 900 == 0
                          && FAILURES_LEFT.getAndDecrement() > 0) {
                        throw new IllegalStateException("a task fails, as the test wants it");
                      }
                      return List.of(event);
                    }),
        Lane.HEAP);
    assertThat(FAILURES_LEFT).as("failures left").hasValueLessThan(1);
  }

  @Test
  void timersThatNeverComeChangeNothing() throws Exception {
    changesNothing(scene.shipped().timeless(), Lane.HEAP);
  }

  private static void changesNothing(Variant variant, RunProfile profile) throws Exception {
    CandidateRequest request =
        Lane.request(TestStore.JOB, scene.jar(variant), Map.of(), true, profile);
    VersionName name = scene.lane().replay(request);

    Comparison comparison = compared(name);

    assertThat(scene.tables(name.schema())).isEqualTo(right);
    assertThat(comparison.report().isIdentical()).isTrue();
    assertThat(comparison.verdict().outcome()).isEqualTo(Verdict.Outcome.PASS);
    assertThat(found(comparison)).isEqualTo(expected(right, name));
  }

  private static Comparison compared(VersionName name) {
    Phase phase = scene.lane().drive(name).version().phase();
    assertThat(phase).isEqualTo(Phase.COMPARED);
    Comparison comparison =
        new Comparisons(scene.lane().store().owner()).newest(name).orElseThrow();
    assertThat(comparison.fence().offsets().get(scene.topic())).isEqualTo(scene.log().end());
    return comparison;
  }

  private static Map<String, Rows.Difference> found(Comparison comparison) {
    Map<String, Rows.Difference> found = new HashMap<>();
    for (TableReport table : comparison.report().tables()) {
      found.put(table.table(), Rows.Difference.in(table));
    }
    return found;
  }

  /** By the rules; of quarantine they tell too little, so there by the rows. */
  private static Map<String, Rows.Difference> expected(
      Map<String, Map<List<Object>, List<Object>>> tables, VersionName name) throws SQLException {
    Map<String, Rows.Difference> expected = new HashMap<>();
    for (TableShape shape : scene.shapes()) {
      expected.put(
          shape.name(),
          shape.name().equals("quarantine")
              ? Rows.difference(
                  shape, scene.rows(name.baselineSchema(), shape), scene.rows(name.schema(), shape))
              : Rows.difference(shape, right.get(shape.name()), tables.get(shape.name())));
    }
    return expected;
  }
}
