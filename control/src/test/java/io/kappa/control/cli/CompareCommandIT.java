package io.kappa.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kappa.common.table.Identifier;
import io.kappa.common.table.SqlType;
import io.kappa.common.table.TableShape;
import io.kappa.common.table.TableShape.ColumnShape;
import io.kappa.control.TestStore;
import io.kappa.control.compare.Expected;
import io.kappa.control.compare.FenceComparison;
import io.kappa.control.compare.Pair;
import io.kappa.control.version.Course;
import io.kappa.control.version.Frontier;
import io.kappa.control.version.Leg;
import io.kappa.control.version.Phase;
import io.kappa.control.version.Purpose;
import io.kappa.control.version.RunProfile;
import io.kappa.control.version.Version;
import io.kappa.control.version.VersionName;
import io.kappa.local.junit.LocalStack;
import io.kappa.local.junit.TestDatabase;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The command on a store with a job of its own, made by hand. */
class CompareCommandIT {

  @RegisterExtension static final LocalStack STACK = LocalStack.brokerAndStore();

  private static final Identifier JOB = new Identifier("hand-made");
  private static final VersionName V1 = new VersionName(JOB, 1);
  private static final VersionName V2 = new VersionName(JOB, 2);
  private static final Frontier FENCE = Frontier.of(Map.of("activity", Map.of(0, 5L)));
  private static final TableShape ITEMS =
      new TableShape(
          "items",
          "",
          List.of(
              new ColumnShape("id", SqlType.TEXT, true, ""),
              new ColumnShape("n", SqlType.BIGINT, false, "")));

  @TempDir private Path directory;
  private Installation installation;
  private TestStore store;

  /** What a command came to. */
  private record Outcome(int code, String out, String err) {}

  private Outcome kappa(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Terminal terminal =
        new Terminal(
            InputStream.nullInputStream(), new PrintWriter(out), new PrintWriter(err), false);
    int code = Kappa.commandLine(installation, terminal).execute(words);
    return new Outcome(code, out.toString(), err.toString());
  }

  private static Outcome refused(String why, String remedy) {
    return new Outcome(1, "", "kappa: %s%n  -> %s%n".formatted(why, remedy));
  }

  @BeforeEach
  void aFirstVersion() throws Exception {
    installation = new Installation(STACK.stack().config().home(), STACK.stack().config().data());
    store =
        TestStore.in(
            new TestDatabase("kappa", STACK.endpoints().jdbcUrl(), STACK.endpoints().secrets()));
    insert(V1, Phase.LIVE, Purpose.LAUNCH, Course.ofFirst(RunProfile.LIVE));
    store.run("kappa_owner", "INSERT INTO kappa.pointer VALUES ('hand-made', 1, 1)");
  }

  @AfterEach
  void leaveNothing() throws Exception {
    store.run(
        "kappa_owner",
        "DELETE FROM kappa.comparison WHERE job = 'hand-made'",
        "DELETE FROM kappa.leg WHERE job = 'hand-made'",
        "DELETE FROM kappa.ledger WHERE job = 'hand-made'",
        "DELETE FROM kappa.version WHERE job = 'hand-made'",
        "DELETE FROM kappa.pointer WHERE job = 'hand-made'",
        "DELETE FROM kappa.audit WHERE job = 'hand-made'",
        "DROP SCHEMA IF EXISTS hand_made_v2, hand_made_v2_baseline CASCADE");
  }

  private void insert(VersionName name, Phase phase, Purpose purpose, Course course) {
    Leg leg = Leg.first(FENCE, Optional.of(FENCE), RunProfile.REPLAY);
    Version version =
        new Version(
            name,
            phase,
            purpose,
            "0".repeat(64),
            "/jars/one.jar",
            Map.of(),
            FENCE,
            FENCE,
            Map.of("activity", "id-1"),
            128,
            false,
            Instant.EPOCH);
    new io.kappa.control.catalogue.Versions(store.owner())
        .insert(version, course, Optional.of(leg), "ann");
  }

  private void aCandidate() {
    insert(
        V2,
        Phase.FENCED,
        Purpose.REPLAY,
        Course.ofCandidate(1, false, 0, RunProfile.REPLAY, RunProfile.LIVE));
  }

  private void aComparedCandidate() throws Exception {
    aCandidate();
    store.run(
        "kappa_owner",
        "CREATE SCHEMA hand_made_v2",
        "CREATE SCHEMA hand_made_v2_baseline",
        "CREATE TABLE hand_made_v2.items (id text PRIMARY KEY, n bigint)",
        "CREATE TABLE hand_made_v2_baseline.items (id text, n bigint)",
        "INSERT INTO hand_made_v2_baseline.items VALUES ('a', 1), ('b', 2)",
        "INSERT INTO hand_made_v2.items VALUES ('a', 1), ('b', 3)");
    Pair pair = new Pair(V2, 1, FENCE, List.of(ITEMS), 1, List.of(ITEMS));
    installation
        .comparisons()
        .add(
            new FenceComparison(store.owner(), Clock.systemUTC()).of(pair, Expected.NOTHING),
            "ann");
  }

  @Test
  void withoutACandidateThereIsNothingToCompare() {
    assertThat(kappa("compare", "hand-made"))
        .isEqualTo(
            refused(
                "hand-made has no candidate, so there is nothing to compare",
                "./kappa replay hand-made makes one"));
    assertThat(kappa("compare", "hand-maid").err()).contains("did you mean hand-made?");
  }

  @Test
  void aCandidateThatIsStillOnItsWayWasNotComparedYet() {
    aCandidate();

    assertThat(kappa("compare", "hand-made"))
        .isEqualTo(
            refused(
                "hand-made v2 wasn't compared yet: it is FENCED",
                "it is compared by itself at its fence; ./kappa wait hand-made waits until then"));
  }

  @Test
  void whatWasFoundIsShown() throws Exception {
    aComparedCandidate();

    Outcome outcome = kappa("compare", "hand-made");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out())
        .contains("items |          1 |       1 |       0 |     0")
        .contains("  b: n 2 -> 3")
        .contains("verdict: UNDECIDED, by the expectations in the candidate's jar")
        .contains("./kappa cutover hand-made --accept");
    assertThat(kappa("compare", "hand-made", "--table", "item").err())
        .contains("There is no compared table called item")
        .contains("did you mean items?");
  }

  @Test
  void programsReadItAsJson() throws Exception {
    aComparedCandidate();

    JsonNode facts = new ObjectMapper().readTree(kappa("compare", "hand-made", "--json").out());

    assertThat(facts.path("verdict").asText()).isEqualTo("UNDECIDED");
    assertThat(facts.path("identical").asBoolean()).isFalse();
    assertThat(facts.path("expired").isNull()).isTrue();
    assertThat(facts.path("fence").toString()).isEqualTo("{\"activity\":{\"0\":5}}");
    assertThat(facts.at("/tables/0/rows").toString())
        .isEqualTo("{\"equal\":1,\"changed\":1,\"missing\":0,\"extra\":0}");
    assertThat(facts.at("/tables/0/samples/0/values/0").toString())
        .isEqualTo("{\"column\":\"n\",\"baseline\":\"2\",\"candidate\":\"3\"}");
  }

  @Test
  void judgedByAFileTheNewVerdictCountsUntilTheFileChanges() throws Exception {
    aComparedCandidate();
    Path file =
        Files.writeString(
            directory.resolve("e.yaml"),
            """
            tables: {items: {columns: {n: {absolute: 1}}}}
            checks: [{name: some, sql: 'SELECT count(*) = 2 FROM {candidate}.items'}]
            """);

    Outcome judged = kappa("compare", "hand-made", "--expectations", file.toString());

    assertThat(judged.out())
        .contains("checks that hold: 1 of 1")
        .contains("verdict: PASS, by the expectations in " + file);
    assertThat(kappa("compare", "hand-made").out()).isEqualTo(judged.out());
    assertThat(kappa("log", "hand-made").out()).contains("v2  compared").contains("verdict=PASS");

    Files.writeString(file, "# nothing\n");

    assertThat(kappa("compare", "hand-made").out())
        .contains("it no longer counts: the expectations in " + file + " have changed since");
  }

  @Test
  void aFileWithMistakesIsRefusedAndNothingIsNoted() throws Exception {
    aComparedCandidate();
    Path file = Files.writeString(directory.resolve("e.yaml"), "tabels: {}");

    assertThat(kappa("compare", "hand-made", "--expectations", file.toString()))
        .isEqualTo(
            refused(
                file + " can't be used: tabels is unknown; allowed is added, checks, gone, tables",
                "mend the file; docs/compare.md says how it's written"));
    assertThat(kappa("compare", "hand-made").out()).contains("verdict: UNDECIDED");
  }
}
