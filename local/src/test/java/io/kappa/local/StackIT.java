package io.kappa.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.local.PartStatus.State;
import io.kappa.local.flink.FlinkProgram;
import io.kappa.local.flink.RunningJob;
import io.kappa.local.flink.TestJar;
import io.kappa.local.process.ProcessId;
import io.kappa.local.process.ProcessTable;
import io.kappa.local.process.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@TestInstance(Lifecycle.PER_CLASS)
class StackIT {

  private Stack stack;
  private Endpoints endpoints;
  private RunningJob job;

  @BeforeAll
  void startEverythingAndSubmitAJob(@TempDir Path temp) throws Exception {
    stack = Stack.of(TestStacks.in(temp.resolve("data")));
    endpoints = up();
    Contents.prepare(endpoints);
    Path jar = TestJar.ticking(temp.resolve("ticking.jar"));
    FlinkProgram.Result run = stack.flink().run("run", "-d", jar.toString());
    assertThat(run.exitCode()).as(run.output()).isZero();
    Matcher id = Pattern.compile("JobID ([0-9a-f]{32})").matcher(run.output());
    assertThat(id.find()).as(run.output()).isTrue();
    job = new RunningJob(endpoints.flinkRest(), id.group(1));
  }

  @AfterAll
  void endEverything() {
    stack.destroy();
  }

  @BeforeEach
  void everythingRuns() {
    up();
    assertThat(job.completesOneAfter(job.completed())).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Part.class)
  void aKilledPartComesBackWithItsData(Part part) throws Exception {
    Contents.add(endpoints, part.label());
    Contents before = Contents.of(endpoints);
    long checkpoint = job.completed();

    stack.kill9(part);
    Map<Part, State> killed = states();
    Endpoints after = up();

    assertThat(killed).isEqualTo(allRunningBut(part));
    assertThat(after).isEqualTo(endpoints);
    assertThat(states()).isEqualTo(allRunningBut());
    assertThat(Contents.of(endpoints)).isEqualTo(before);
    assertThat(job.completesOneAfter(checkpoint)).isTrue();
  }

  @Test
  void allKilledAtOnceComeBackWithTheirDataAndTheJob() throws Exception {
    Contents.add(endpoints, "all");
    Contents before = Contents.of(endpoints);
    long checkpoint = job.completed();

    Stream.of(Part.values()).parallel().forEach(stack::kill9);
    Map<Part, State> killed = states();
    up();

    assertThat(killed).isEqualTo(allRunningBut(Part.values()));
    assertThat(Contents.of(endpoints)).isEqualTo(before);
    assertThat(job.completesOneAfter(checkpoint)).isTrue();
    assertThat(job.restored()).isGreaterThanOrEqualTo(checkpoint);
  }

  @Test
  void downLeavesNoProcessAndUpBringsDataAndJobBack() throws Exception {
    Contents.add(endpoints, "down");
    Contents before = Contents.of(endpoints);
    long checkpoint = job.completed();

    stack.down(line -> {});

    assertThat(states().values()).containsOnly(State.STOPPED);
    assertThat(ProcessTable.withArguments(List.of("-Dkappa.data=" + data()))).isEmpty();
    assertThat(ProcessTable.workingIn(data().resolve("postgres"))).isEmpty();
    up();
    assertThat(Contents.of(endpoints)).isEqualTo(before);
    assertThat(job.completesOneAfter(checkpoint)).isTrue();
    assertThat(job.restored()).isGreaterThanOrEqualTo(checkpoint);
  }

  /** How often ZooKeeper takes its empty containers away: as it says itself, never in practice. */
  @Test
  void anEmptyContainerWaitsForWhoLostItsSession() {
    assertThat(zooKeepersLog()).anyMatch(line -> line.contains("checkIntervalMs=2147483647"));
  }

  @Test
  void aJobManagerThatStalledUntilItsSessionWasLostLeadsAgain() throws Exception {
    long checkpoint = job.completed();
    ProcessId process = process(Part.JOBMANAGER);
    long lost = sessionsLost();

    process.signal("STOP");
    boolean wasLost = Waiting.until(Duration.ofSeconds(60), () -> sessionsLost() > lost);
    process.signal("CONT");
    up();

    assertThat(wasLost).isTrue();

    assertThat(process(Part.JOBMANAGER)).isEqualTo(process);
    assertThat(job.completesOneAfter(checkpoint)).isTrue();
  }

  private long sessionsLost() {
    return zooKeepersLog().stream().filter(line -> line.contains("Expiring session")).count();
  }

  private List<String> zooKeepersLog() {
    try {
      return Files.readAllLines(data().resolve("logs/zookeeper.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ProcessId process(Part part) {
    return stack.status().stream()
        .filter(status -> status.part() == part)
        .flatMap(status -> status.pid().stream().boxed())
        .flatMap(pid -> ProcessId.of(pid).stream())
        .findFirst()
        .orElseThrow();
  }

  private Endpoints up() {
    return stack.up(line -> {});
  }

  private Path data() {
    return stack.config().data();
  }

  private Map<Part, State> states() {
    return stack.status().stream().collect(Collectors.toMap(PartStatus::part, PartStatus::state));
  }

  private static Map<Part, State> allRunningBut(Part... dead) {
    return Stream.of(Part.values())
        .collect(
            Collectors.toMap(
                Function.identity(),
                part -> List.of(dead).contains(part) ? State.DEAD : State.RUNNING));
  }
}
