package io.kappa.savepoints.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.savepoints.inspect.Savepoint;
import io.kappa.savepoints.inspect.SavepointReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.util.TestStreamEnvironment;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The verdict on many changes of a job, right ones and wrong ones, and then Flink itself on the
 * same savepoint: what is said to be fine has to go on right, and what Flink refuses has to be
 * refused.
 */
class ChangesIT {

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private static final int MAX_PARALLELISM = 12;
  private static final long HALF = 100;
  private static final long KEYS = 4;
  private static final Duration LONGEST = Duration.ofSeconds(60);

  @TempDir private static Path directory;

  private static MiniCluster flink;
  private static final Map<String, Path> SAVED = new HashMap<>();
  private static ChangedJob before;

  @BeforeAll
  static void asItWas(@InjectMiniCluster MiniCluster cluster) throws Exception {
    flink = cluster;
    before = compiled(Change.all().get(0));
    for (String backend : List.of("hashmap", "rocksdb")) {
      Run run = new Run(before, backend, 2, Optional.empty(), 0, HALF);
      SAVED.put(backend, run.saved());
    }
  }

  static Stream<Arguments> changes() {
    return Stream.of("hashmap", "rocksdb")
        .flatMap(backend -> Change.all().stream().map(change -> Arguments.of(change, backend)));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void flinkConfirmsTheVerdict(Change change, String backend) throws Exception {
    Path saved = SAVED.get(backend);
    try (ChangedJob job = compiled(change)) {
      Path blank = new Run(job, "hashmap", 1, Optional.empty(), 0, 0).saved();

      Compatibility compatibility = verdict(saved, blank, job);

      assertThat(compatibility.overall())
          .as("%s", compatibility.states())
          .isEqualTo(change.verdict());
      assertThat(restored(job, backend, 2, saved)).isEqualTo(change.restored());
      if (compatibility.isFine() && change.restored() != Change.Restored.RIGHT) {
        // What Flink can read may still mean something else: a field of another name begins anew.
        assertThat(change.name()).isEqualTo("a field renamed");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("widths")
  void anyParallelismGoesOn(int parallelism, String from, String to) throws Exception {
    assertThat(restored(before, to, parallelism, SAVED.get(from))).isEqualTo(Change.Restored.RIGHT);
  }

  static Stream<Arguments> widths() {
    return Stream.of(
        Arguments.of(1, "hashmap", "hashmap"),
        Arguments.of(1, "rocksdb", "hashmap"),
        Arguments.of(2, "hashmap", "rocksdb"));
  }

  @Test
  void aRenamedStateIsNamed() throws Exception {
    try (ChangedJob job = compiled(change("a state renamed"))) {
      Path blank = new Run(job, "hashmap", 1, Optional.empty(), 0, 0).saved();

      assertThat(verdict(SAVED.get("hashmap"), blank, job).states())
          .contains(
              new StateVerdict(
                  "counting",
                  "total",
                  Verdict.REMOVED,
                  "no state has this name any more; totals is new and of the same type: give it the old name"));
    }
  }

  @Test
  void aChangedUidIsNamed() throws Exception {
    try (ChangedJob job = compiled(change("a uid changed"))) {
      Path blank = new Run(job, "hashmap", 1, Optional.empty(), 0, 0).saved();

      assertThat(verdict(SAVED.get("hashmap"), blank, job).states())
          .contains(
              new StateVerdict(
                  "counting",
                  "total",
                  Verdict.REMOVED,
                  "no operator has this uid any more; counts is new and keeps the same states: give it the old uid"));
    }
  }

  private static Change change(String name) {
    return Change.all().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  private static ChangedJob compiled(Change change) throws IOException {
    return ChangedJob.compiled(change, Files.createTempDirectory(directory, "classes"));
  }

  private static Compatibility verdict(Path saved, Path blank, ChangedJob job) {
    Savepoint written = new SavepointReader(before.loader()).read(saved);
    Thread thread = Thread.currentThread();
    ClassLoader own = thread.getContextClassLoader();
    thread.setContextClassLoader(job.loader());
    try {
      return CompatibilityCheck.of(written, saved, blank);
    } finally {
      thread.setContextClassLoader(own);
    }
  }

  private static Change.Restored restored(
      ChangedJob job, String backend, int parallelism, Path saved) throws Exception {
    Run run = new Run(job, backend, parallelism, Optional.of(saved), HALF, 2 * HALF);
    try {
      run.saved();
    } catch (NotRestored refused) {
      return Change.Restored.NOT_AT_ALL;
    }
    return run.lastTexts().equals(expected()) ? Change.Restored.RIGHT : Change.Restored.WITH_A_LOSS;
  }

  /** The last text of each key, had the job read all numbers in one run. */
  private static Map<String, String> expected() {
    Map<String, String> texts = new HashMap<>();
    for (long key = 0; key < KEYS; key++) {
      long ofKey = key;
      long[] numbers =
          LongStream.range(0, 2 * HALF).filter(number -> number % KEYS == ofKey).toArray();
      long sum = LongStream.of(numbers).sum();
      texts.put(
          Long.toString(key),
          "%d: sum %d of %d, largest %d, kept %d, part %d, first %d, text %d"
              .formatted(
                  key,
                  sum,
                  numbers.length,
                  numbers[numbers.length - 1],
                  numbers.length,
                  numbers.length,
                  numbers[0],
                  numbers.length));
    }
    return texts;
  }

  /** Flink didn't let a job go on. */
  private static final class NotRestored extends Exception {

    private static final long serialVersionUID = 1L;

    NotRestored(Throwable cause) {
      super(cause);
    }
  }

  /** A job at work on some numbers, until it's stopped with a savepoint. */
  private static final class Run {

    private final ChangedJob job;
    private final String backend;
    private final int parallelism;
    private final Optional<Path> from;
    private final long first;
    private final long end;
    private final Gathered gathered = new Gathered(UUID.randomUUID().toString());

    Run(
        ChangedJob job,
        String backend,
        int parallelism,
        Optional<Path> from,
        long first,
        long end) {
      this.job = job;
      this.backend = backend;
      this.parallelism = parallelism;
      this.from = from;
      this.first = first;
      this.end = end;
    }

    Path saved() throws Exception {
      JobClient client = begin();
      long last = System.nanoTime() + LONGEST.toNanos();
      while (true) {
        refuseIfOver(client);
        assertThat(System.nanoTime()).isLessThan(last);
        if (gathered.texts().size() < end - first) {
          TimeUnit.MILLISECONDS.sleep(5);
          continue;
        }
        try {
          return Path.of(
              URI.create(
                  client
                      .stopWithSavepoint(
                          false, directory.toUri().toString(), SavepointFormatType.CANONICAL)
                      .get(LONGEST.toSeconds(), TimeUnit.SECONDS)));
        } catch (ExecutionException notYet) {
          TimeUnit.MILLISECONDS.sleep(10);
        }
      }
    }

    private static void refuseIfOver(JobClient client) throws Exception {
      if (client.getJobStatus().get().isGloballyTerminalState()) {
        try {
          client.getJobExecutionResult().get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
          throw new NotRestored(e);
        }
        throw new IllegalStateException("the job came to an end");
      }
    }

    @SuppressWarnings("deprecation") // The new kind of source takes three classes for the same.
    private JobClient begin() throws Exception {
      Configuration settings = new Configuration();
      settings.setString("state.backend.type", backend);
      settings.setString("pipeline.auto-generate-uids", "false");
      settings.setString("restart-strategy.type", "none");
      from.ifPresent(
          path -> settings.setString("execution.state-recovery.path", path.toUri().toString()));
      StreamExecutionEnvironment env =
          new TestStreamEnvironment(
              flink, settings, parallelism, List.of(), List.of(job.classes()));
      env.configure(settings);
      env.setMaxParallelism(MAX_PARALLELISM);
      job.behind(
              env.addSource(new NumbersThenNothing(first, end)).returns(Long.class).uid("numbers"))
          .sinkTo(gathered)
          .uid("gathered");
      return env.executeAsync();
    }

    Map<String, String> lastTexts() {
      Map<String, String> texts = new HashMap<>();
      gathered.texts().forEach(text -> texts.put(text.substring(0, 1), text));
      return texts;
    }
  }
}
