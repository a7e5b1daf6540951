package io.kappa.control.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kappa.control.Refusal;
import io.kappa.control.version.EngineState;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Flink cluster behind its REST interface. */
public final class RestFlinkCluster implements FlinkCluster {

  /** The cluster was there and said no. */
  private static final class Refused extends Refusal {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final boolean isOfMain;

    Refused(int status, boolean isOfMain, String why, String remedy, Throwable cause) {
      super(why, remedy, cause);
      this.status = status;
      this.isOfMain = isOfMain;
    }
  }

  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int MOST_FAILURES = 20;
  private static final String SOURCE = "Source: ";

  /** Where the connector says which offset it gave on last. */
  private static final Pattern OFFSET =
      Pattern.compile(
          ".*\\.KafkaSourceReader\\.topic\\.(?<topic>.+)\\.partition\\.(?<partition>\\d+)\\.currentOffset");

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration QUESTION = Duration.ofSeconds(5);
  // The job's main method runs within the request, and looks at broker and store.
  private static final Duration SUBMISSION = Duration.ofMinutes(2);

  private final URI base;
  private final HttpClient client;

  /**
   * @param base such as {@code http://127.0.0.1:18081}
   */
  public RestFlinkCluster(URI base) {
    this.base = base;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
  }

  @Override
  public List<FlinkJob> jobs() {
    List<FlinkJob> jobs = new ArrayList<>();
    for (JsonNode job : ask(get("/jobs/overview")).path("jobs")) {
      jobs.add(
          new FlinkJob(
              job.path("jid").asText(),
              job.path("name").asText(),
              state(job.path("state").asText()),
              Instant.ofEpochMilli(job.path("start-time").asLong())));
    }
    return List.copyOf(jobs);
  }

  @Override
  public int slots() {
    return ask(get("/overview")).path("slots-total").asInt();
  }

  @Override
  public String submit(Submission submission) {
    String jar = upload(submission.jar());
    try {
      ObjectNode body = MAPPER.createObjectNode();
      submission.arguments().forEach(body.putArray("programArgsList")::add);
      ObjectNode configuration = body.putObject("flinkConfiguration");
      submission.configuration().forEach(configuration::put);
      submission.restoreFrom().ifPresent(path -> body.put("savepointPath", path));
      HttpRequest run = post("/jars/" + jar + "/run", body, SUBMISSION);
      return ask(run).path("jobid").asText();
    } catch (Refused e) {
      throw e.isOfMain ? new SubmissionRefused(e.getMessage(), e.remedy(), e) : e;
    } finally {
      forget(jar);
    }
  }

  @Override
  public List<JobFailure> failures(String jobId) {
    List<JobFailure> failures = new ArrayList<>();
    JsonNode history =
        ask(get("/jobs/%s/exceptions?maxExceptions=%d".formatted(jobId, MOST_FAILURES)));
    for (JsonNode entry : history.path("exceptionHistory").path("entries")) {
      Trace trace = new Trace(entry.path("stacktrace").asText());
      failures.add(
          new JobFailure(
              Instant.ofEpochMilli(entry.path("timestamp").asLong()),
              trace.rootType().orElse(entry.path("exceptionName").asText()),
              trace.cause().orElse("Flink gives no cause")));
    }
    return List.copyOf(failures);
  }

  @Override
  public void cancel(String jobId) {
    try {
      ask(
          request("/jobs/" + jobId + "?mode=cancel", QUESTION)
              .method("PATCH", BodyPublishers.noBody())
              .build());
    } catch (Refused e) {
      // 404: it isn't there; 409: it has ended.
      if (e.status != NOT_FOUND && e.status != CONFLICT) {
        throw e;
      }
    }
  }

  @Override
  public void stopWithSavepoint(String jobId, String directory, String request) {
    ObjectNode body = MAPPER.createObjectNode();
    body.put("targetDirectory", directory);
    body.put("drain", false);
    body.put("formatType", "CANONICAL");
    body.put("triggerId", request);
    ask(post("/jobs/" + jobId + "/stop", body, QUESTION));
  }

  @Override
  public void triggerSavepoint(String jobId, String directory, String request) {
    ObjectNode body = MAPPER.createObjectNode();
    body.put("target-directory", directory);
    body.put("cancel-job", false);
    body.put("formatType", "CANONICAL");
    body.put("triggerId", request);
    ask(post("/jobs/" + jobId + "/savepoints", body, QUESTION));
  }

  @Override
  public StopRequest stopRequest(String jobId, String request) {
    JsonNode answer;
    try {
      answer = ask(get("/jobs/%s/savepoints/%s".formatted(jobId, request)));
    } catch (Refused e) {
      if (e.status == NOT_FOUND) {
        return StopRequest.without(StopRequest.State.UNKNOWN);
      }
      throw e;
    }
    if (!answer.path("status").path("id").asText().equals("COMPLETED")) {
      return StopRequest.without(StopRequest.State.UNDER_WAY);
    }
    JsonNode location = answer.path("operation").path("location");
    return location.isTextual()
        ? new StopRequest(StopRequest.State.DONE, Optional.of(location.asText()))
        : StopRequest.without(StopRequest.State.FAILED);
  }

  @Override
  public Optional<String> rootCause(String jobId) {
    JsonNode history =
        ask(get("/jobs/" + jobId + "/exceptions?maxExceptions=1")).path("exceptionHistory");
    JsonNode trace = history.path("entries").path(0).path("stacktrace");
    return trace.isTextual() ? new Trace(trace.asText()).cause() : Optional.empty();
  }

  @Override
  public Map<String, Map<Integer, Long>> read(String jobId) {
    Map<String, Map<Integer, Long>> next = new TreeMap<>();
    String job = "/jobs/" + jobId;
    for (JsonNode vertex : ask(get(job)).path("vertices")) {
      if (vertex.path("name").asText().startsWith(SOURCE)) {
        String metrics = job + "/vertices/" + vertex.path("id").asText() + "/metrics";
        readOffsets(metrics, next);
      }
    }
    return next;
  }

  /** A partition that has moved to another subtask may still be told of by the one before. */
  private void readOffsets(String metrics, Map<String, Map<Integer, Long>> next) {
    List<String> names = new ArrayList<>();
    for (JsonNode metric : ask(get(metrics))) {
      String name = metric.path("id").asText();
      if (OFFSET.matcher(name).matches()) {
        names.add(name);
      }
    }
    if (names.isEmpty()) {
      return;
    }
    String asked = URLEncoder.encode(String.join(",", names), StandardCharsets.UTF_8);
    for (JsonNode metric : ask(get(metrics + "?get=" + asked))) {
      Matcher name = OFFSET.matcher(metric.path("id").asText());
      long last = metric.path("value").asLong(-1);
      if (name.matches() && last >= 0) {
        next.computeIfAbsent(name.group("topic"), topic -> new TreeMap<>())
            .merge(Integer.valueOf(name.group("partition")), last + 1, Math::max);
      }
    }
  }

  private String upload(Path jar) {
    String boundary = "kappa-" + UUID.randomUUID();
    HttpRequest upload =
        request("/jars/upload", SUBMISSION)
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .POST(multipart(boundary, jar))
            .build();
    String stored = ask(upload).path("filename").asText();
    return stored.substring(stored.lastIndexOf('/') + 1);
  }

  private static BodyPublisher multipart(String boundary, Path jar) {
    try {
      return BodyPublishers.concat(
          BodyPublishers.ofString(
              "--%s\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\"%s\"\r\n"
                      .formatted(boundary, jar.getFileName())
                  + "Content-Type: application/x-java-archive\r\n\r\n"),
          BodyPublishers.ofFile(jar),
          BodyPublishers.ofString("\r\n--%s--\r\n".formatted(boundary)));
    } catch (IOException e) {
      throw new Refusal("Jar %s can't be read".formatted(jar), "make build makes it", e);
    }
  }

  /** Deletes an uploaded jar; the job that runs from it has a copy of its own. */
  private void forget(String jar) {
    try {
      client.send(request("/jars/" + jar, QUESTION).DELETE().build(), BodyHandlers.discarding());
    } catch (IOException e) {
      // What is left behind is a file in Flink's upload directory, which goes with the cluster.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpRequest post(String path, ObjectNode body, Duration timeout) {
    return request(path, timeout)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body.toString()))
        .build();
  }

  private HttpRequest get(String path) {
    return request(path, QUESTION).GET().build();
  }

  private HttpRequest.Builder request(String path, Duration timeout) {
    return HttpRequest.newBuilder(base.resolve(path)).timeout(timeout);
  }

  private JsonNode ask(HttpRequest request) {
    try {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw refused(request, response);
      }
      return MAPPER.readTree(response.body());
    } catch (IOException e) {
      throw new Refusal(
          "Flink at %s doesn't answer".formatted(base), "./kappa up starts it again", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal("Stopped while waiting for Flink", "give the same command again", e);
    }
  }

  private static Refused refused(HttpRequest request, HttpResponse<String> response) {
    String errors;
    try {
      StringBuilder all = new StringBuilder();
      MAPPER
          .readTree(response.body())
          .path("errors")
          .forEach(error -> all.append(error.asText()).append('\n'));
      errors = all.toString();
    } catch (IOException e) {
      errors = response.body();
    }
    Trace trace = new Trace(errors);
    String cause = trace.cause().orElseGet(() -> "status " + response.statusCode());
    return new Refused(
        response.statusCode(),
        trace.isOfMain(),
        "Flink refuses: " + cause,
        response.statusCode() == 404
            ? "its job manager starts up, or isn't one with web submission: try again in some seconds"
            : "mend that, then give the same command again; the whole error is in kappa.log",
        new IOException(request.uri() + " answered " + response.statusCode() + ": " + errors));
  }

  private static EngineState state(String flink) {
    return switch (flink) {
      case "INITIALIZING", "CREATED", "RECONCILING" -> EngineState.STARTING;
      case "RUNNING" -> EngineState.RUNNING;
      case "RESTARTING", "FAILING" -> EngineState.RESTARTING;
      case "CANCELLING", "SUSPENDED" -> EngineState.STOPPING;
      case "FAILED" -> EngineState.FAILED;
      case "CANCELED" -> EngineState.CANCELED;
      case "FINISHED" -> EngineState.FINISHED;
      default -> throw new IllegalStateException("Flink has a job state unknown here: " + flink);
    };
  }
}
