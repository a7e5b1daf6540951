package io.kappa.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kappa.control.AnotherJar;
import io.kappa.local.flink.FlinkProgram;
import io.kappa.local.junit.LocalStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The command on the whole stack, with the jar that the build makes. */
class KappaIT {

  @RegisterExtension static final LocalStack STACK = LocalStack.withFlink();

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final CommandLineOn KAPPA = new CommandLineOn(STACK);

  @TempDir private Path directory;

  private static JsonNode version() throws Exception {
    JsonNode jobs = JSON.readTree(KAPPA.call("status", "activity-metrics", "--json").done());
    return jobs.path(0).path("versions").path(0);
  }

  private static long settled(JsonNode version) {
    return version.path("applied").asLong()
        + version.path("filtered").asLong()
        + version.path("quarantined").asLong();
  }

  private static long counted() throws Exception {
    String query = "select sum(events) as events from activity_metrics.item_totals";
    return JSON.readTree(KAPPA.piped(query, "sql", "--json", "-").done())
        .path(0)
        .path("events")
        .asLong();
  }

  @Test
  void fromEventsToAnswersThroughTheCommandAlone() throws Exception {
    assertThat(KAPPA.call("up").done()).contains("Kafka       " + STACK.bootstrapServers());
    JsonNode made =
        JSON.readTree(
            KAPPA
                .call(
                    "generate",
                    "--topic",
                    "activity",
                    "--events",
                    "5000",
                    "--broken=0.01",
                    "--json")
                .done());
    JsonNode activity = made.path("topics").path("activity");
    assertThat(activity.path("records").asLong()).isEqualTo(5_000);

    handInByFlinksOwnFrontEnd(
        lastLine(KAPPA.call("start", "activity-metrics", "--no-submit").done()));
    KAPPA.call("wait", "activity-metrics", "--timeout", "3m").done();

    JsonNode first = version();
    assertThat(first.path("phase").asText()).isEqualTo("LIVE");
    assertThat(first.path("lag").asLong()).isZero();
    assertThat(first.path("failure").isNull()).isTrue();
    assertThat(settled(first)).isEqualTo(5_000);
    assertThat(first.path("quarantined").asLong())
        .isEqualTo(activity.path("late").asLong() + activity.path("broken").asLong())
        .isPositive();
    assertThat(
            KAPPA
                .call(
                    "sql",
                    "--csv",
                    "select version, applied from kappa.freshness where job = 'activity-metrics'")
                .done())
        .isEqualTo("version,applied\r\n1,%d\r\n".formatted(first.path("applied").asLong()));
    long counted = counted();

    Path more = directory.resolve("more.ndjson");
    Files.writeString(
        more,
        """
        {"eventId":"a","itemId":"i0","kind":"like","at":1736121600000}
        no event at all
        {"eventId":"b","itemId":"i0","kind":"like","at":1736121600001}
        """);
    CommandLineOn.Outcome loaded = KAPPA.call("load", "activity", more.toString());
    assertThat(loaded.done()).isEqualTo("2 records went into topic activity; 1 lines were bad\n");
    assertThat(loaded.err()).contains("line 2: NOT_JSON");
    assertThat(KAPPA.call("start", "activity-metrics").done())
        .startsWith("activity-metrics v1 runs already as Flink job ");
    KAPPA.call("wait", "activity-metrics", "--timeout", "3m").done();

    JsonNode second = version();
    assertThat(settled(second)).isEqualTo(5_002);
    assertThat(counted()).isEqualTo(counted + 2);
    assertThat(KAPPA.call("log", "activity-metrics").done())
        .contains("v1  created")
        .contains("v1  took the ledger over")
        .contains("v1  last commit");

    upgrades();
    assertThat(counted()).isEqualTo(counted + 2);
    inspectsASavepoint();
  }

  private void upgrades() throws Exception {
    Path dist = STACK.stack().config().dist();
    Path jar = AnotherJar.of(dist.resolve("jobs/kappa-jobs.jar"), "another", directory);
    assertThat(KAPPA.call("savepoint", "check", "activity-metrics", "--jar", jar.toString()).done())
        .contains("item-metrics", "totals")
        .endsWith("it can go on from its state\n");
    assertThat(
            KAPPA
                .call(
                    "upgrade",
                    "activity-metrics",
                    "--jar",
                    jar.toString(),
                    "--parallelism=1",
                    "--wait")
                .done())
        .contains("activity-metrics v1 runs jar ", " at parallelism 1; ", " s without a commit");
    assertThat(KAPPA.call("upgrade", "activity-metrics", "--back", "--wait").done())
        .contains("activity-metrics v1 runs jar ", " at default parallelism; ");
    assertThat(KAPPA.call("log", "activity-metrics").done())
        .contains("v1  upgrade begun", "v1  upgraded");
    Path triggered = Path.of(KAPPA.call("savepoint", "trigger", "activity-metrics").done().strip());
    assertThat(triggered).isDirectoryContaining("glob:**_metadata");
    assertThat(KAPPA.call("savepoint", "dispose", triggered.toString()).done())
        .isEqualTo("deleted %s\n".formatted(triggered));
    assertThat(triggered).doesNotExist();
    CommandLineOn.Outcome nowhere =
        KAPPA.call("upgrade", "activity-metrics", "--jar", directory.resolve("none").toString());
    assertThat(nowhere.code()).isEqualTo(1);
    assertThat(nowhere.err()).contains("There is no jar at ");
  }

  private static void inspectsASavepoint() throws Exception {
    Path data = STACK.stack().config().data();
    Installation installation = new Installation(STACK.stack().config().home(), data);
    String job = installation.flink().job("activity-metrics-v1").orElseThrow().id();
    String shelf = data.resolve("flink/savepoints/activity-metrics-v1/leg-3").toString();
    FlinkProgram.Result stopped =
        STACK.stack().flink().run(List.of("stop", "--type", "canonical", "-p", shelf, job));
    assertThat(stopped.exitCode()).as(stopped.output()).isZero();

    JsonNode all =
        JSON.readTree(KAPPA.call("savepoint", "list", "activity-metrics", "--json").done());

    JsonNode savepoint = newestSavepoint(all);
    assertThat(savepoint.path("version").asText()).isEqualTo("activity-metrics v1");
    assertThat(savepoint.path("kind").asText()).isEqualTo("savepoint");
    String path = savepoint.path("path").asText();
    JsonNode inspected = JSON.readTree(KAPPA.call("savepoint", "inspect", path, "--json").done());
    assertThat(inspected.path("operators").findValuesAsText("uid")).contains("item-metrics");
    assertThat(KAPPA.call("savepoint", "inspect", path).done())
        .contains("item-metrics  parallelism ")
        .contains("OPERATOR_UNION")
        .contains("next of activity: 0 at ");
    long next = 0;
    for (JsonNode offset : inspected.path("offsets").path("activity")) {
      next += offset.asLong();
    }
    assertThat(next).as("all that was written").isEqualTo(5_002);
    JsonNode content =
        JSON.readTree(
            KAPPA
                .call(
                    "savepoint",
                    "inspect",
                    path,
                    "--operator=item-metrics",
                    "--state=totals",
                    "--key=i0")
                .done());
    String query = "select events from activity_metrics.item_totals where item_id = 'i0'";
    assertThat(content.path(0).path("value").path("events").asLong())
        .isEqualTo(
            JSON.readTree(KAPPA.piped(query, "sql", "--json", "-").done())
                .path(0)
                .path("events")
                .asLong())
        .isPositive();
    assertThat(
            KAPPA
                .call("savepoint", "inspect", path, "--operator=x", "--state=totals", "--key=i0")
                .err())
        .contains("There is no operator x; there is ", "item-metrics");
    assertThat(keys(path, "totals").path("keys").asLong())
        .isEqualTo(count("item_totals"))
        .isEqualTo(keys(path, "totals").path("entries").asLong());
    assertThat(keys(path, "open-hours").path("entries").asLong())
        .isGreaterThan(keys(path, "open-hours").path("keys").asLong())
        .isLessThanOrEqualTo(count("item_hourly"));
  }

  private static JsonNode keys(String path, String state) throws IOException {
    return JSON.readTree(
            KAPPA
                .call("savepoint", "inspect", path, "--operator=item-metrics", "--state=" + state)
                .done())
        .path(0);
  }

  private static long count(String table) throws IOException {
    String query = "select count(*) as rows from activity_metrics." + table;
    return JSON.readTree(KAPPA.piped(query, "sql", "--json", "-").done())
        .path(0)
        .path("rows")
        .asLong();
  }

  private static JsonNode newestSavepoint(JsonNode all) {
    JsonNode newest = all.path(0);
    for (JsonNode each : all) {
      newest = each.path("kind").asText().equals("savepoint") ? each : newest;
    }
    return newest;
  }

  private static void handInByFlinksOwnFrontEnd(String commandLine) {
    List<String> words = List.of(commandLine.split(" "));
    assertThat(words.get(0)).isEqualTo("flink");
    FlinkProgram.Result result = STACK.stack().flink().run(words.subList(1, words.size()));
    assertThat(result.exitCode()).as(result.output()).isZero();
  }

  private static String lastLine(String text) {
    return text.lines().reduce((earlier, later) -> later).orElseThrow();
  }
}
