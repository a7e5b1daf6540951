package io.kappa.control.mistakes;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.common.table.TableShape;
import io.kappa.control.TestStore;
import io.kappa.control.compare.Comparison;
import io.kappa.control.compare.Comparisons;
import io.kappa.control.compare.TableReport;
import io.kappa.control.compare.Verdict;
import io.kappa.control.replay.Lane;
import io.kappa.control.version.Phase;
import io.kappa.control.version.RunProfile;
import io.kappa.control.version.VersionName;
import io.kappa.local.junit.LocalStack;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
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

  private static final Map<String, String> GIVEN = Map.of("lateness", "2h", "min-watch", "2s");
  private static final AtomicInteger FAILS_IN = new AtomicInteger(Integer.MAX_VALUE);

  @TempDir static Path directory;

  private static Lane lane;
  private static NastyLog log;
  private static String topic;
  private static List<TableShape> shapes;
  private static Map<String, Map<List<Object>, List<Object>>> right;

  @BeforeAll
  static void theRightVersionHasReadTheLog() throws Exception {
    long seed = Long.getLong("kappa.seed", System.nanoTime());
    System.out.println("seed " + seed + " (-Dkappa.seed=" + seed + ")");
    lane = new Lane(stack, directory);
    topic = stack.freshTopic("activity", NastyLog.PARTITIONS);
    log = new NastyLog(stack.bootstrapServers(), topic, seed);
    log.writeRareThings();
    log.write(3_000);
    Path jar = lane.jobs().jar("right", new Variant(topic));
    shapes = lane.jobs().job(jar, TestStore.JOB).tables();
    lane.start(TestStore.JOB, jar, GIVEN);
    right = Mistake.called("none").tables().of(log.written());
  }

  @AfterAll
  static void close() throws Exception {
    log.close();
    lane.close();
  }

  @AfterEach
  void abort() {
    lane.abort(TestStore.JOB);
  }

  static List<Mistake> mistakes() {
    return Mistakes.all();
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void isFound(Mistake mistake) throws Exception {
    Map<String, Map<List<Object>, List<Object>>> wrong = mistake.tables().of(log.written());
    assertThat(wrong).as("what the log shows of it").isNotEqualTo(right);
    Path jar = lane.jobs().jar(mistake.toString(), mistake.job(topic));

    Comparison comparison = compared(lane.candidate(TestStore.JOB, jar, mistake.given()));

    assertThat(comparison.verdict().outcome()).isEqualTo(Verdict.Outcome.UNDECIDED);
    assertThat(tables(comparison.candidate().schema())).isEqualTo(wrong);
    assertThat(tables(comparison.candidate().baselineSchema())).isEqualTo(right);
    assertThat(found(comparison)).isEqualTo(expected(wrong, comparison.candidate()));
    System.out.println(mistake + ": " + comparison.verdict().reasons());
  }

  @Test
  void anotherParallelismChangesNothing() throws Exception {
    changesNothing(new Variant(topic), new RunProfile(OptionalInt.of(3), "hashmap", "5s"));
  }

  @Test
  void nothingAtTheSameTimeChangesNothing() throws Exception {
    changesNothing(new Variant(topic), new RunProfile(OptionalInt.of(1), "hashmap", "5s"));
  }

  @Test
  void anotherStateBackendChangesNothing() throws Exception {
    changesNothing(new Variant(topic), new RunProfile(OptionalInt.of(2), "rocksdb", "5s"));
  }

  @Test
  void stepsThatDoNothingChangeNothing() throws Exception {
    changesNothing(
        new Variant(topic).events(() -> List::of).rows("item_totals", change -> change), Lane.HEAP);
  }

  @Test
  void stagedRowsChangeNothing() throws Exception {
    lane.flink().stageBeyond(20);
    try {
      changesNothing(new Variant(topic), Lane.HEAP);
    } finally {
      lane.flink().stageBeyond(Integer.MAX_VALUE);
    }
  }

  @Test
  void tasksThatFailChangeNothing() throws Exception {
    FAILS_IN.set(700);
    changesNothing(
        new Variant(topic)
            .events(
                () ->
                    event -> {
                      if (FAILS_IN.decrementAndGet() % 800 == 0) {
                        throw new IllegalStateException("a task fails, as the test wants it");
                      }
                      return List.of(event);
                    }),
        Lane.HEAP);
    assertThat(FAILS_IN).as("records until the last failure").hasNegativeValue();
  }

  @Test
  void timersThatNeverComeChangeNothing() throws Exception {
    changesNothing(new Variant(topic).timeless(), Lane.HEAP);
  }

  private static void changesNothing(Variant variant, RunProfile profile) throws Exception {
    Path jar = lane.jobs().jar("harmless " + variant.hashCode(), variant);
    VersionName name = lane.replay(Lane.request(TestStore.JOB, jar, Map.of(), true, profile));

    Comparison comparison = compared(name);

    assertThat(tables(name.schema())).isEqualTo(right);
    assertThat(comparison.report().isIdentical()).isTrue();
    assertThat(comparison.verdict().outcome()).isEqualTo(Verdict.Outcome.PASS);
    assertThat(found(comparison)).isEqualTo(expected(right, name));
  }

  private static Comparison compared(VersionName name) {
    Phase phase = lane.drive(name).version().phase();
    assertThat(phase).isEqualTo(Phase.COMPARED);
    Comparison comparison = new Comparisons(lane.store().owner()).newest(name).orElseThrow();
    assertThat(comparison.fence().offsets().get(topic)).isEqualTo(log.end());
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
    for (TableShape shape : shapes) {
      expected.put(
          shape.name(),
          shape.name().equals("quarantine")
              ? Rows.difference(
                  shape, rows(name.baselineSchema(), shape), rows(name.schema(), shape))
              : Rows.difference(shape, right.get(shape.name()), tables.get(shape.name())));
    }
    return expected;
  }

  private static Map<String, Map<List<Object>, List<Object>>> tables(String schema)
      throws SQLException {
    Map<String, Map<List<Object>, List<Object>>> tables = new HashMap<>();
    for (TableShape shape : shapes) {
      Map<List<Object>, List<Object>> rows = rows(schema, shape);
      tables.put(shape.name(), shape.name().equals("quarantine") ? inShort(rows) : rows);
    }
    return tables;
  }

  private static Map<List<Object>, List<Object>> inShort(Map<List<Object>, List<Object>> rows) {
    Map<List<Object>, List<Object>> reasons = new HashMap<>();
    rows.forEach(
        (key, row) -> {
          Object reason = row.get(3);
          boolean ofTime = reason.equals("late") || reason.equals("future");
          reasons.put(key.subList(1, 3), List.of(ofTime ? reason : "broken"));
        });
    return reasons;
  }

  private static Map<List<Object>, List<Object>> rows(String schema, TableShape shape)
      throws SQLException {
    try (Connection connection = lane.store().database().connect("kappa_owner")) {
      return Rows.read(connection, schema, shape);
    }
  }
}
