package io.kappa.control.chaos;

import io.kappa.control.catalogue.Migration;
import io.kappa.control.catalogue.Store;
import io.kappa.control.chaos.Catalogue.Row;
import io.kappa.control.exact.Await;
import io.kappa.control.exact.Cut;
import io.kappa.control.exact.LogOracle;
import io.kappa.control.exact.ReadLog;
import io.kappa.control.exact.TrialLog;
import io.kappa.control.flink.FlinkJob;
import io.kappa.control.flink.RestFlinkCluster;
import io.kappa.local.Endpoints;
import io.kappa.local.Stack;
import io.kappa.local.data.TopicCreation;
import io.kappa.local.junit.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A job's versions under random commands and random {@code kill -9}, with events coming and readers
 * reading all the while. After each step all that was seen is held against the oracle and the
 * model.
 */
final class Chaos implements AutoCloseable {

  private static final String TOPIC = "activity";
  private static final Duration LONGEST = Duration.ofMinutes(4);
  private static final Duration REST = Duration.ofMinutes(4);
  private static final int FIRST_RECORDS = 3_000;
  private static final int EARLIEST_KILL_MS = 300;
  private static final int LATEST_KILL_MS = 6_000;
  private static final int KILLED_PERCENT = 25;
  private static final long DAY = 86_400_000L;

  private final Stack stack;
  private final Endpoints endpoints;
  private final TestDatabase database;
  private final Operator operator;
  private final Random random;
  private final Dice dice;
  private final TrialLog log;
  private final Traffic traffic;
  private final Mischief mischief;
  private final List<Reader> readers = new ArrayList<>();
  private final List<String> story = new ArrayList<>();
  private final long began = System.nanoTime();
  private Map<Integer, Map<Integer, Long>> frontiers = Map.of();
  private long cuts;

  /**
   * Starts the job and waits until readers see its first version.
   *
   * @param stack up, and without this job
   * @param output a directory for what commands print
   */
  Chaos(Stack stack, Path output, long seed) throws Exception {
    this.stack = stack;
    this.endpoints = stack.endpoints().orElseThrow();
    this.database = new TestDatabase("kappa", endpoints.jdbcUrl(), endpoints.secrets());
    this.operator = new Operator(stack.config().home(), stack.config().data(), output);
    this.random = new Random(seed);
    this.dice = new Dice(random);
    new Migration(
            new Store(
                endpoints.jdbcUrl(), Endpoints.OWNER, endpoints.passwordFile(Endpoints.OWNER)))
        .run();
    if (!TopicCreation.ensure(endpoints.kafkaBootstrap(), TOPIC, TrialLog.PARTITIONS)) {
      throw new IllegalStateException(
          "topic %s is there already: not a new stack".formatted(TOPIC));
    }
    this.log = new TrialLog(endpoints.kafkaBootstrap(), TOPIC, seed);
    log.write(FIRST_RECORDS);
    begin("start", Catalogue.JOB, "--parallelism", "2");
    begin("wait", Catalogue.JOB, "--timeout", "3m");
    this.mischief = new Mischief(stack, operator, random);
    if (!Await.until(LONGEST, () -> catalogue().versions().get(1).phase().equals("LIVE"))) {
      throw new AssertionError("the first version didn't come to life: " + catalogue().line());
    }
    this.traffic = new Traffic(log);
    readers.add(new Reader(database, false, seed));
    readers.add(new Reader(database, true, seed));
  }

  private void begin(String... words) throws InterruptedException {
    Outcome outcome = operator.run(LONGEST, words);
    if (!outcome.done()) {
      throw new AssertionError(outcome);
    }
  }

  private Catalogue catalogue() throws SQLException {
    return Catalogue.read(database);
  }

  /** Gives that many commands, and checks after each step. */
  void run(int commands) throws Exception {
    int given = 0;
    while (given < commands) {
      List<List<String>> next = dice.next(catalogue());
      String trouble = mischief.begin();
      tell(trouble.isEmpty() ? "" : "  (%s)".formatted(trouble));
      List<Outcome> outcomes = next.size() > 1 ? together(next) : alone(next.get(0));
      for (Outcome outcome : outcomes) {
        given++;
        tell("%3d %s".formatted(given, outcome));
      }
      List<String> wrong = new ArrayList<>(mischief.end());
      wrong.addAll(check(outcomes, trouble.contains("[")));
      failIf(wrong);
    }
  }

  private List<Outcome> alone(List<String> words) throws InterruptedException {
    Operator.Call call = operator.give(words);
    if (random.nextInt(100) >= KILLED_PERCENT) {
      return List.of(call.await(LONGEST));
    }
    int after = EARLIEST_KILL_MS + random.nextInt(LATEST_KILL_MS - EARLIEST_KILL_MS);
    Outcome first = call.killAfter(Duration.ofMillis(after));
    return first.killed() ? List.of(first, operator.give(words).await(LONGEST)) : List.of(first);
  }

  private List<Outcome> together(List<List<String>> commands) throws InterruptedException {
    List<Operator.Call> calls = commands.stream().map(operator::give).toList();
    List<Outcome> outcomes = new ArrayList<>();
    for (Operator.Call call : calls) {
      outcomes.add(call.await(LONGEST));
    }
    return outcomes;
  }

  private List<String> check(List<Outcome> outcomes, boolean disturbed) throws SQLException {
    Catalogue now = catalogue();
    tell("    " + now.line());
    List<String> wrong = new ArrayList<>(LifecycleModel.against(now));
    outcomes.forEach(outcome -> wrong.addAll(Effects.of(outcome, now, disturbed)));
    wrong.addAll(goneBack(now));
    wrong.addAll(checkReaders(now));
    return wrong;
  }

  /** A version's ledger never goes back. */
  private List<String> goneBack(Catalogue now) {
    List<String> wrong = new ArrayList<>();
    Map<Integer, Map<Integer, Long>> next = new TreeMap<>();
    now.versions()
        .forEach(
            (number, row) -> {
              next.put(number, row.frontier());
              Map<Integer, Long> before = frontiers.getOrDefault(number, Map.of());
              if (before.entrySet().stream()
                  .anyMatch(each -> row.frontier().get(each.getKey()) < each.getValue())) {
                wrong.add("v%d went back from %s to %s".formatted(number, before, row.frontier()));
              }
            });
    frontiers = next;
    return wrong;
  }

  private List<String> checkReaders(Catalogue now) {
    List<String> wrong = new ArrayList<>();
    List<Cut> seen = new ArrayList<>();
    for (Reader reader : readers) {
      seen.addAll(reader.fresh());
      wrong.addAll(reader.wrong());
    }
    wrong.addAll(against(now, seen));
    cuts += seen.size();
    return wrong;
  }

  private List<String> against(Catalogue now, List<Cut> seen) {
    ReadLog read = ReadLog.of(endpoints.kafkaBootstrap(), TOPIC, TrialLog.PARTITIONS);
    LogOracle oracle = new LogOracle(read, DAY, DAY / 24);
    List<String> wrong = new ArrayList<>();
    for (Cut cut : seen) {
      long minWatch = now.versions().get(cut.version()).minWatch();
      cut.against(oracle, minWatch)
          .forEach(what -> wrong.add("v%d %s".formatted(cut.version(), what)));
    }
    return wrong;
  }

  /** All versions that run, also those that no reader sees at the moment. */
  private List<String> checkVersions() throws SQLException {
    Catalogue now = catalogue();
    List<Cut> all = new ArrayList<>();
    for (Map.Entry<Integer, Row> each : now.versions().entrySet()) {
      if (each.getValue().canBeSeen()) {
        all.add(Cut.of(database, each.getKey()));
      }
    }
    return against(now, all);
  }

  /** Lets everything come to rest, and checks what is left. */
  void rest() throws Exception {
    traffic.close();
    List<String> wrong = new ArrayList<>();
    Map<Integer, Long> end = logEnd();
    if (!Await.until(REST, () -> behind(end).isEmpty())) {
      wrong.add("not at the log's end %s: %s".formatted(end, behind(end)));
    }
    wrong.addAll(checkVersions());
    Catalogue now = catalogue();
    if (now.versions().values().stream().anyMatch(Row::isCandidate)) {
      Outcome aborted = operator.run(LONGEST, "abort", Catalogue.JOB);
      tell("    " + aborted);
      wrong.addAll(check(List.of(aborted), false));
    }
    Outcome verified = operator.run(LONGEST, "verify", Catalogue.JOB, "--timeout", "3m");
    tell("    " + verified);
    if (!verified.done()) {
      wrong.add("the verification of what was left: " + verified);
    }
    wrong.addAll(check(List.of(verified), false));
    if (!Await.until(REST, () -> leftovers().isEmpty())) {
      wrong.add("left over: " + leftovers());
    }
    for (Reader reader : readers) {
      reader.close();
    }
    wrong.addAll(check(List.of(), false));
    readers.forEach(reader -> tell("    " + reader));
    tell("    %d snapshots differed and were held against the oracle".formatted(cuts));
    failIf(wrong);
  }

  private Map<Integer, Long> logEnd() {
    Map<Integer, Long> end = new TreeMap<>();
    ReadLog.of(endpoints.kafkaBootstrap(), TOPIC, TrialLog.PARTITIONS)
        .partitions()
        .forEach((partition, records) -> end.put(partition, (long) records.size()));
    return end;
  }

  /** The versions that should be at that place and aren't. */
  private Map<Integer, Row> behind(Map<Integer, Long> end) throws SQLException {
    Map<Integer, Row> behind = new TreeMap<>(catalogue().versions());
    behind.values().removeIf(row -> !row.canBeSeen() || row.frontier().equals(end));
    return behind;
  }

  /** What versions that are over, or whose time hasn't come, have still got. */
  private List<String> leftovers() throws SQLException {
    Catalogue now = catalogue();
    List<String> left = new ArrayList<>();
    Set<String> wanted =
        now.versions().entrySet().stream()
            .filter(each -> each.getValue().canBeSeen())
            .map(each -> Catalogue.JOB + "-v" + each.getKey())
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> running =
        new RestFlinkCluster(endpoints.flinkRest())
            .jobs().stream()
                .filter(job -> job.state().isActive())
                .map(FlinkJob::name)
                .collect(Collectors.toCollection(TreeSet::new));
    if (!running.equals(wanted)) {
      left.add("Flink runs %s, and should %s".formatted(running, wanted));
    }
    now.versions()
        .forEach(
            (number, row) -> {
              String schema = "activity_metrics_v" + number;
              boolean over = !row.canBeSeen();
              Stream.of(schema, schema + "_baseline")
                  .filter(name -> over && now.schemas().contains(name))
                  .forEach(left::add);
            });
    return left;
  }

  private void tell(String line) {
    if (!line.isBlank()) {
      long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
      story.add("%4d s %s".formatted(seconds, line));
      System.out.println(story.get(story.size() - 1));
    }
  }

  private void failIf(List<String> wrong) {
    if (!wrong.isEmpty()) {
      throw new AssertionError(
          "%d violations:%n%s%nafter%n%s"
              .formatted(
                  wrong.size(),
                  wrong.stream().distinct().limit(20).collect(Collectors.joining("\n")),
                  String.join("\n", story)));
    }
  }

  @Override
  public void close() throws Exception {
    mischief.close();
    traffic.close();
    for (Reader reader : readers) {
      reader.close();
    }
    log.close();
    stack.up(line -> {});
  }
}
