package io.kappa.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class KappaTest {

  /** What a command came to. */
  private record Outcome(int code, String out, String err) {}

  @TempDir private Path directory;
  private Installation installation;

  @BeforeEach
  void install() {
    installation = new Installation(directory.resolve("home"), directory.resolve("data"));
  }

  private Outcome kappa(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Terminal terminal =
        new Terminal(
            InputStream.nullInputStream(), new PrintWriter(out), new PrintWriter(err), false);
    int code = Kappa.commandLine(installation, terminal).execute(words);
    return new Outcome(code, out.toString(), err.toString());
  }

  private static Outcome refused(int code, String why, String remedy) {
    return new Outcome(code, "", "kappa: %s%n  -> %s%n".formatted(why, remedy));
  }

  @Test
  void withoutArgumentsTheCommandsAreListedWithALineEach() {
    Outcome outcome = kappa();

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out())
        .contains(
            "  start      Start a job: pin the log, make its first version with tables and views");
    assertThat(outcome.out().lines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void everyCommandHasHelpWithAnExample() {
    CommandLine root =
        Kappa.commandLine(
            installation,
            new Terminal(
                InputStream.nullInputStream(),
                new PrintWriter(new StringWriter()),
                new PrintWriter(new StringWriter()),
                false));

    for (Map.Entry<String, CommandLine> command : root.getSubcommands().entrySet()) {
      Outcome help = kappa(command.getKey(), "--help");
      assertThat(help.code()).as(command.getKey()).isZero();
      assertThat(help.out()).contains("Example").contains("  ./kappa " + command.getKey());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "status",
    "start activity-metrics",
    "wait activity-metrics",
    "replay activity-metrics",
    "verify activity-metrics",
    "compare activity-metrics",
    "cutover activity-metrics",
    "rollback activity-metrics",
    "abort activity-metrics",
    "drive",
    "log activity-metrics",
    "savepoint list",
    "generate",
    "sql 'select 1'"
  })
  void withoutAStackACommandSaysHowToStartOne(String words) {
    assertThat(kappa(words.split(" ", 2)))
        .isEqualTo(
            refused(
                1,
                "The stack isn't up: there is none in " + directory.resolve("data"),
                "./kappa up starts it"));
  }

  @Test
  void aMistypedCommandIsMetWithTheOneThatIsNear() {
    assertThat(kappa("strat"))
        .isEqualTo(
            refused(
                2,
                "There is no command called strat",
                "did you mean start? there is up, down, load, generate, jobs, start, replay, verify,"
                    + " wait, compare, cutover, rollback, upgrade, abort, retire, status, log, sql, export,"
                    + " savepoint, drive, demo"));
  }

  @Test
  void aMissingArgumentIsNamed() {
    assertThat(kappa("start"))
        .isEqualTo(
            refused(
                2,
                "Missing required parameter: 'JOB'",
                "./kappa start --help says what is allowed"));
  }

  @Test
  void anOptionThatIsUnknownIsNamed() {
    assertThat(kappa("status", "--jsn"))
        .isEqualTo(
            refused(2, "Unknown option: '--jsn'", "./kappa status --help says what is allowed"));
  }

  @Test
  void aNameThatCanBeNoJobIsRefusedWithWhatIsAllowed() {
    assertThat(kappa("status", "Robert'); DROP TABLE"))
        .isEqualTo(
            refused(
                2,
                "Invalid value for positional parameter at index 0 (JOB): 'Robert'); DROP TABLE'"
                    + " is no name: allowed are a small letter, then up to 40 small letters,"
                    + " digits, '-' or '_'",
                "./kappa status --help says what is allowed"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--parallelism=0|--parallelism=0: allowed is 1 to 32768",
        "--max-parallelism=99999|--max-parallelism=99999: allowed is 1 to 32768",
        "--checkpoint-interval=soon|--checkpoint-interval=soon: allowed is a number with ms, s or m"
            + " behind it, such as 1s",
        "--set=min-watch|Value for option option '--set' (NAME=VALUE) should be in KEY=VALUE format"
            + " but was min-watch",
        "--state=disk|Invalid value for option '--state': expected one of [ROCKSDB, HEAP]"
            + " (case-insensitive) but was 'disk'"
      })
  void anOptionOfStartThatCannotBeIsRefusedWithWhatIsAllowed(String option, String why) {
    assertThat(kappa("start", "activity-metrics", option))
        .isEqualTo(refused(2, why, "./kappa start --help says what is allowed"));
  }

  @Test
  void aTimeoutThatIsNoLengthOfTimeIsRefused() {
    assertThat(kappa("wait", "activity-metrics", "--timeout", "10"))
        .isEqualTo(
            refused(
                2,
                "Invalid value for option '--timeout': '10'; allowed is a number with s, m"
                    + " or h behind it, such as 10m",
                "./kappa wait --help says what is allowed"));
  }

  @Test
  void aTopicThatNobodyKnowsIsRefused() {
    assertThat(kappa("load", "activty", "events.ndjson"))
        .isEqualTo(
            refused(
                1,
                "There is no topic called activty",
                "did you mean activity? there is activity, posts, follows, transactions, labels,"
                    + " rules"));
  }

  @Test
  void aFileThatIsMissingIsNamed() {
    Path missing = directory.resolve("events.ndjson");

    assertThat(kappa("load", "activity", missing.toString()))
        .isEqualTo(
            refused(
                1,
                "There is no file %s that can be read".formatted(missing),
                "give the path of a file with events"));
  }

  @Test
  void aCsvWithoutAMappingIsRefusedBeforeEachOfItsLinesIs() throws Exception {
    Path csv = Files.writeString(directory.resolve("events.csv"), "a,b\n1,2\n");

    assertThat(kappa("load", "activity", csv.toString()))
        .isEqualTo(
            refused(
                1,
                "%s is a CSV by its name, and nothing says how its columns become fields"
                    .formatted(csv),
                "give --mapping with one of online-retail, or a file of your own"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--topic activty|There is no topic called activty|did you mean activity? there is activity,"
            + " posts, follows, transactions, labels, rules",
        "--topic labels|Labels are of the transactions made along with them, and none are made|add"
            + " --topic transactions",
        "--topic posts --truth t.csv|The truth is about transactions, and none are made|add --topic"
            + " transactions, or leave out --truth",
        "--events 0|0 events can't be made; allowed is 1 or more|give another --events",
        "--late 1.5|share late: 1.5; allowed: 0 to 1|Give a value that is allowed",
        "--broken 0.95|share broken: 0.95; allowed: 0 to 0.9|Give a value that is allowed",
        "--duplicates -1|share duplicates: -1.0; allowed: 0 to 1|Give a value that is allowed",
        "--users 0|users: 0; allowed: 1 or more|Give a value that is allowed",
        "--rate 0|rate: 0.0; allowed: more than 0 a second|Give a value that is allowed",
        "--rate 5 --span 1d|With --rate, event time passes as the clock does, so there is no"
            + " --span|leave out one of both"
      })
  void whatCannotBeGeneratedIsRefused(String words, String why, String remedy) {
    assertThat(kappa(("generate " + words).split(" "))).isEqualTo(refused(1, why, remedy));
  }

  @Test
  void eventsAheadOfTheClockAreRefused() {
    Outcome outcome = kappa("generate", "--from", "2999-01-01T00:00:00Z", "--span", "2d");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("event time would go on until 2999-01-03T00:00:00Z: readers take that for a")
        .contains("  -> give an earlier --from, or a shorter --span");
  }

  @Test
  void aDirectoryForTheTruthThatIsMissingIsNamed() {
    Path missing = directory.resolve("missing");

    assertThat(kappa("generate", "--truth", missing.resolve("truth.csv").toString()))
        .isEqualTo(
            refused(
                1,
                "There is no directory %s to write the truth to".formatted(missing),
                "make it, or give another --truth"));
  }

  @Test
  void aSpanThatIsNoLengthOfTimeIsRefused() {
    assertThat(kappa("generate", "--span", "60"))
        .isEqualTo(
            refused(
                2,
                "Invalid value for option '--span': '60'; allowed is a number with s, m, h or d"
                    + " behind it, such as 60d",
                "./kappa generate --help says what is allowed"));
  }

  @Test
  void aJarThatIsMissingIsNamed() {
    Path missing = directory.resolve("home/target/kappa/jobs/kappa-jobs.jar");

    assertThat(kappa("jobs"))
        .isEqualTo(refused(1, "There is no jar at " + missing, "make build makes Kappa's own"));
  }

  @Test
  void aFileThatIsNoJarWithJobsIsRefused() throws Exception {
    Path jar = Files.writeString(directory.resolve("x.jar"), "no jar");

    assertThat(kappa("jobs", "--jar", jar.toString()))
        .isEqualTo(
            refused(
                1,
                "%s is no jar with jobs of Kappa".formatted(jar),
                "name one that carries Kappa's library with it, such as the one that make build leaves in target/kappa/jobs"));
  }

  @Test
  void anExportWhoseFileDoesNotSayItsFormatIsRefusedWithWhatIsAllowed() {
    assertThat(kappa("export", "activity-metrics", "items.xlsx"))
        .isEqualTo(
            refused(
                2,
                "The name of items.xlsx doesn't say its format; allowed is .parquet or .csv at its"
                    + " end, or --format",
                "./kappa export --help says what is allowed"));
    assertThat(kappa("export", "activity-metrics", "items.csv", "--format", "xlsx"))
        .isEqualTo(
            refused(
                2,
                "Invalid value for option '--format': expected one of [PARQUET, CSV]"
                    + " (case-insensitive) but was 'xlsx'",
                "./kappa export --help says what is allowed"));
  }

  @Test
  void anExportToWhereNoFileCanBeIsRefused() throws Exception {
    Path folder = Files.createDirectory(directory.resolve("folder.csv"));
    Path nowhere = directory.resolve("nowhere");
    Path pipe = Path.of("/dev/null");

    assertThat(kappa("export", "activity-metrics", nowhere.resolve("x.csv").toString()))
        .isEqualTo(refused(1, "There is no folder " + nowhere, "make it, or name another one"));
    assertThat(kappa("export", "activity-metrics", folder.toString()))
        .isEqualTo(refused(1, folder + " is a folder", "name a file in it, such as table.parquet"));
    assertThat(kappa("export", "activity-metrics", pipe.toString(), "--format=csv", "--force"))
        .isEqualTo(refused(1, pipe + " is no ordinary file", "name another file"));
  }

  @Test
  void anExportWithoutAStackLeavesNoFile() {
    Path file = directory.resolve("items.parquet");

    assertThat(kappa("export", "activity-metrics", file.toString()))
        .isEqualTo(
            refused(
                1,
                "The stack isn't up: there is none in " + directory.resolve("data"),
                "./kappa up starts it"));
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void anExportLeavesAFileThatIsThereAlone() throws Exception {
    Path file = Files.writeString(directory.resolve("items.csv"), "mine");
    Path other = directory.resolve("other.csv");
    Path manifest = Files.writeString(directory.resolve("other.csv.manifest.json"), "mine");

    assertThat(kappa("export", "activity-metrics", file.toString()))
        .isEqualTo(
            refused(1, file + " is there already", "name another file; --force replaces it"));
    assertThat(kappa("export", "activity-metrics", other.toString()))
        .isEqualTo(
            refused(1, manifest + " is there already", "name another file; --force replaces it"));
    assertThat(file).hasContent("mine");
  }

  @Test
  void aPortThatCannotBeIsRefused() {
    assertThat(kappa("up", "--kafka-port", "70000"))
        .isEqualTo(
            refused(1, "Port 70000 for kafka is out of range", "set one of 0 (any) to 65535"));
  }
}
