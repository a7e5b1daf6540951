package io.kappa.control.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.kappa.control.Refusal;
import io.kappa.control.flink.Submission;
import io.kappa.local.flink.FlinkProgram.Result;
import io.kappa.local.junit.LocalStack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jobs jar in the hands of somebody who knows Flink: {@code flink run} and {@code flink stop}.
 */
class FlinkRunIT {

  @RegisterExtension static final LocalStack stack = LocalStack.withFlink();

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Pattern SAVEPOINT = Pattern.compile("Savepoint completed. Path: (\\S+)");

  @TempDir Path directory;
  private ShippedVersion version;

  @BeforeEach
  void open() throws Exception {
    version = new ShippedVersion(stack, 11);
    version.log().write(1500);
  }

  @AfterEach
  void close() {
    version.close();
  }

  @Test
  void aPreparedVersionIsRunAndGoesOnFromItsSavepointAndFromNothingElse() throws Exception {
    Submission prepared = version.prepare();
    Result run = flink(words(prepared));
    assertThat(run.exitCode()).as(run.output()).isZero();
    assertTablesAreThoseOfTheWholeLog();

    String job = version.running().orElseThrow().id();
    assertThat(version.handedIn()).containsExactly(job);
    Result stopped = flink(List.of("stop", "-p", directory.toString(), job));
    Throwable byKappa = catchThrowable(version::start);
    version.log().write(500);
    Result fromNothing = flink(words(prepared));
    Result fromSavepoint = flink(words(from(savepoint(stopped), prepared)));

    assertThat(stopped.exitCode()).as(stopped.output()).isZero();
    assertThat(byKappa)
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.remedy()).contains("with `flink run -s SAVEPOINT`"));
    assertThat(fromNothing.exitCode()).isNotZero();
    assertThat(fromNothing.output())
        .contains("Version 1 of activity-metrics has committed up to checkpoint ")
        .contains("give its newest checkpoint or savepoint with -s, or replay into a new version");
    assertThat(fromSavepoint.exitCode()).as(fromSavepoint.output()).isZero();
    assertTablesAreThoseOfTheWholeLog();
  }

  @Test
  void anUnknownJobIsRefusedWithTheNamesOfThoseThereAre() {
    Submission known = version.prepare();

    Result run = flink(words(with("activity-metric", 0, known)));

    assertRefused(run, "There is no job 'activity-metric'; there is activity-metrics");
  }

  @Test
  void missingArgumentsAreAllNamedAndTheUsageShown() {
    Submission known = version.prepare();

    Result run = flink(List.of("run", "-d", known.jar().toString(), "activity-metrics"));

    assertRefused(
        run,
        "1. --version is missing",
        "2. --kafka is missing",
        "3. --store is missing",
        "4. --store-user is missing",
        "5. --store-password-file is missing",
        "Usage: flink run kappa-jobs.jar JOB --version N",
        "`kappa start JOB --no-submit` makes it");
  }

  @Test
  void anUnknownVersionIsRefusedWithTheCommandThatMakesOne() {
    Submission known = version.prepare();

    Result run = flink(words(with("2", known.arguments().indexOf("--version") + 1, known)));

    assertRefused(
        run,
        "The catalogue has no version 2 of activity-metrics; make it with `kappa start"
            + " activity-metrics --no-submit`");
  }

  private void assertTablesAreThoseOfTheWholeLog() throws Exception {
    assertThat(version.catchesUp(PATIENCE)).as(version::state).isTrue();
    assertThat(version.cut().against(version.oracle())).isEmpty();
  }

  private void assertRefused(Result run, String... said) {
    assertThat(run.exitCode()).isNotZero();
    assertThat(run.output()).contains(said);
    assertThat(version.running()).isEmpty();
  }

  private static Result flink(List<String> words) {
    return stack.stack().flink().run(words);
  }

  /** The words of the printed command, as a shell hands them to {@code flink}. */
  private static List<String> words(Submission submission) {
    List<String> words =
        Stream.of(submission.commandLine().split(" "))
            .map(word -> word.equals("''") ? "" : word)
            .toList();
    assertThat(words).startsWith("flink", "run").noneMatch(word -> word.contains("'"));
    return words.subList(1, words.size());
  }

  private static String savepoint(Result stopped) {
    Matcher path = SAVEPOINT.matcher(stopped.output());
    assertThat(path.find()).as(stopped.output()).isTrue();
    return path.group(1);
  }

  private static Submission from(String savepoint, Submission submission) {
    return new Submission(
        submission.jar(),
        submission.arguments(),
        submission.configuration(),
        Optional.of(savepoint));
  }

  private static Submission with(String argument, int place, Submission submission) {
    List<String> arguments = new ArrayList<>(submission.arguments());
    arguments.set(place, argument);
    return new Submission(
        submission.jar(), arguments, submission.configuration(), submission.restoreFrom());
  }
}
