package io.kappa.control.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kappa.control.Refusal;
import io.kappa.control.version.EngineState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestFlinkClusterTest {

  private record Answer(int status, String body) {}

  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Map<String, String> bodies = new ConcurrentHashMap<>();
  private HttpServer server;
  private RestFlinkCluster cluster;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    cluster = new RestFlinkCluster(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String request = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    requests.add(request);
    bodies.put(
        request, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    Answer answer = answers.getOrDefault(request, new Answer(404, "{\"errors\":[\"Not found\"]}"));
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Test
  void jobsAreToldWithTheirStates() {
    answers.put(
        "GET /jobs/overview",
        new Answer(
            200,
            """
            {"jobs":[{"jid":"a","name":"m-v1","state":"RUNNING","start-time":5},
                     {"jid":"b","name":"m-v2","state":"FAILING","start-time":6},
                     {"jid":"c","name":"m-v3","state":"RUNNING","start-time":7,
                      "tasks":{"total":3,"running":2,"initializing":1}},
                     {"jid":"d","name":"m-v4","state":"RUNNING","start-time":8,
                      "tasks":{"total":3,"running":3,"initializing":0}}]}
            """));

    assertThat(cluster.jobs())
        .containsExactly(
            new FlinkJob("a", "m-v1", EngineState.RUNNING, Instant.ofEpochMilli(5)),
            new FlinkJob("b", "m-v2", EngineState.RESTARTING, Instant.ofEpochMilli(6)),
            new FlinkJob("c", "m-v3", EngineState.STARTING, Instant.ofEpochMilli(7)),
            new FlinkJob("d", "m-v4", EngineState.RUNNING, Instant.ofEpochMilli(8)));
  }

  @Test
  void aJobIsUploadedRunAndItsJarDeletedAgain(@TempDir Path directory) throws IOException {
    Path jar = Files.writeString(directory.resolve("kappa.jar"), "bytes of a jar");
    answers.put("POST /jars/upload", new Answer(200, "{\"filename\":\"/tmp/x/1_kappa.jar\"}"));
    answers.put("POST /jars/1_kappa.jar/run", new Answer(200, "{\"jobid\":\"abc\"}"));
    answers.put("DELETE /jars/1_kappa.jar", new Answer(200, "{}"));

    String id =
        cluster.submit(
            new Submission(
                jar,
                List.of("m", "--version", "1"),
                Map.of("pipeline.name", "m-v1"),
                Optional.of("file:///chk-7")));

    assertThat(id).isEqualTo("abc");
    assertThat(requests)
        .containsExactly(
            "POST /jars/upload", "POST /jars/1_kappa.jar/run", "DELETE /jars/1_kappa.jar");
    assertThat(bodies.get("POST /jars/upload"))
        .contains("name=\"jarfile\"; filename=\"kappa.jar\"")
        .contains("bytes of a jar");
    assertThat(bodies.get("POST /jars/1_kappa.jar/run"))
        .isEqualTo(
            "{\"programArgsList\":[\"m\",\"--version\",\"1\"],"
                + "\"flinkConfiguration\":{\"pipeline.name\":\"m-v1\"},"
                + "\"savepointPath\":\"file:///chk-7\"}");
  }

  @Test
  void anErrorOfMainIsToldInItsOwnWords(@TempDir Path directory) throws IOException {
    Path jar = Files.writeString(directory.resolve("kappa.jar"), "bytes of a jar");
    answers.put("POST /jars/upload", new Answer(200, "{\"filename\":\"/tmp/x/1_kappa.jar\"}"));
    answers.put(
        "POST /jars/1_kappa.jar/run",
        new Answer(
            500,
            "{\"errors\":[\"org.apache.flink.runtime.rest.handler.RestHandlerException: Could not"
                + " execute application.\\n\\tat x.Y.z(Y.java:1)\\nCaused by:"
                + " org.apache.flink.client.program.ProgramInvocationException: The main method"
                + " caused an error: Version 1 of m is RETIRED\\n\"]}"));

    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(
            () -> cluster.submit(new Submission(jar, List.of(), Map.of(), Optional.empty())))
        .withMessage("Flink refuses: Version 1 of m is RETIRED");
    assertThat(requests).contains("DELETE /jars/1_kappa.jar");
  }

  @Test
  void theLastErrorOfAJobIsItsRootCause() {
    answers.put(
        "GET /jobs/a/exceptions",
        new Answer(
            200,
            "{\"exceptionHistory\":{\"entries\":[{\"stacktrace\":\"java.io.IOException: x\\n"
                + "Caused by: java.net.ConnectException: Connection refused\\n\"}]}}"));
    answers.put(
        "GET /jobs/b/exceptions", new Answer(200, "{\"exceptionHistory\":{\"entries\":[]}}"));

    assertThat(cluster.rootCause("a")).contains("ConnectException: Connection refused");
    assertThat(cluster.rootCause("b")).isEmpty();
  }

  @Test
  void aClusterThatIsAwayIsNamedWithWhatToDo() {
    server.stop(0);

    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(cluster::jobs)
        .withMessageMatching("Flink at http://127.0.0.1:\\d+ doesn't answer")
        .extracting(Refusal::remedy)
        .isEqualTo("./kappa up starts it again");
  }

  @Test
  void howFarSourcesHaveReadIsToldByTheirMetrics() {
    answers.put(
        "GET /jobs/a",
        new Answer(
            200,
            """
            {"vertices":[{"id":"s","name":"Source: activity -> intake-activity"},
                         {"id":"t","name":"Source: idle"},
                         {"id":"o","name":"item-metrics"}]}
            """));
    String first =
        "0.Source__activity.KafkaSourceReader.topic.my.activity.partition.0.currentOffset";
    String moved =
        "1.Source__activity.KafkaSourceReader.topic.my.activity.partition.0.currentOffset";
    String unread =
        "1.Source__activity.KafkaSourceReader.topic.my.activity.partition.1.currentOffset";
    answers.put("GET /jobs/a/vertices/t/metrics", new Answer(200, "[]"));
    answers.put(
        "GET /jobs/a/vertices/s/metrics",
        new Answer(
            200,
            """
            [{"id":"0.numRecordsIn"},{"id":"%s","value":"41"},{"id":"%s","value":"99"},{"id":"%s","value":"-1"}]
            """
                .formatted(first, moved, unread)));

    assertThat(cluster.read("a")).isEqualTo(Map.of("my.activity", Map.of(0, 100L)));
    assertThat(requests).doesNotContain("GET /jobs/a/vertices/o/metrics");
  }
}
