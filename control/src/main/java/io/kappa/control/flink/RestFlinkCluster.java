package io.kappa.control.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kappa.control.version.EngineState;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Flink cluster behind its REST interface. */
public final class RestFlinkCluster implements FlinkCluster {

  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int MOST_FAILURES = 20;
  private static final String SOURCE = "Source: ";

  /** What Flink calls tasks that can't be asked for anything yet. */
  private static final List<String> BEFORE_RUNNING =
      List.of("created", "scheduled", "deploying", "initializing", "reconciling");

  /** Where the connector says which offset it gave on last. */
  private static final Pattern OFFSET =
      Pattern.compile(
          ".*\\.KafkaSourceReader\\.topic\\.(?<topic>.+)\\.partition\\.(?<partition>\\d+)\\.currentOffset");

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final FlinkRest rest;

  /**
   * @param base such as {@code http://127.0.0.1:18081}
   */
  public RestFlinkCluster(URI base) {
    this.rest = new FlinkRest(base);
  }

  @Override
  public List<FlinkJob> jobs() {
    List<FlinkJob> jobs = new ArrayList<>();
    for (JsonNode job : rest.get("/jobs/overview").path("jobs")) {
      jobs.add(
          new FlinkJob(
              job.path("jid").asText(),
              job.path("name").asText(),
              state(job),
              Instant.ofEpochMilli(job.path("start-time").asLong())));
    }
    return List.copyOf(jobs);
  }

  @Override
  public int slots() {
    return rest.get("/overview").path("slots-total").asInt();
  }

  @Override
  public String submit(Submission submission) {
    String jar = rest.upload(submission.jar());
    try {
      ObjectNode body = MAPPER.createObjectNode();
      submission.arguments().forEach(body.putArray("programArgsList")::add);
      ObjectNode configuration = body.putObject("flinkConfiguration");
      submission.configuration().forEach(configuration::put);
      submission.restoreFrom().ifPresent(path -> body.put("savepointPath", path));
      return rest.post("/jars/" + jar + "/run", body, FlinkRest.SUBMISSION).path("jobid").asText();
    } catch (FlinkRest.Refused e) {
      throw e.isOfMain() ? new SubmissionRefused(e.getMessage(), e.remedy(), e) : e;
    } finally {
      rest.forget(jar);
    }
  }

  @Override
  public List<JobFailure> failures(String jobId) {
    List<JobFailure> failures = new ArrayList<>();
    JsonNode history =
        rest.get("/jobs/%s/exceptions?maxExceptions=%d".formatted(jobId, MOST_FAILURES));
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
      rest.patch("/jobs/" + jobId + "?mode=cancel");
    } catch (FlinkRest.Refused e) {
      // 404: it isn't there; 409: it has ended.
      if (e.status() != NOT_FOUND && e.status() != CONFLICT) {
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
    rest.post("/jobs/" + jobId + "/stop", body);
  }

  @Override
  public void triggerSavepoint(String jobId, String directory, String request) {
    ObjectNode body = MAPPER.createObjectNode();
    body.put("target-directory", directory);
    body.put("cancel-job", false);
    body.put("formatType", "CANONICAL");
    body.put("triggerId", request);
    rest.post("/jobs/" + jobId + "/savepoints", body);
  }

  @Override
  public StopRequest stopRequest(String jobId, String request) {
    JsonNode answer;
    try {
      answer = rest.get("/jobs/%s/savepoints/%s".formatted(jobId, request));
    } catch (FlinkRest.Refused e) {
      if (e.status() == NOT_FOUND) {
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
        rest.get("/jobs/" + jobId + "/exceptions?maxExceptions=1").path("exceptionHistory");
    JsonNode trace = history.path("entries").path(0).path("stacktrace");
    return trace.isTextual() ? new Trace(trace.asText()).cause() : Optional.empty();
  }

  @Override
  public Map<String, Map<Integer, Long>> read(String jobId) {
    Map<String, Map<Integer, Long>> next = new TreeMap<>();
    String job = "/jobs/" + jobId;
    for (JsonNode vertex : rest.get(job).path("vertices")) {
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
    for (JsonNode metric : rest.get(metrics)) {
      String name = metric.path("id").asText();
      if (OFFSET.matcher(name).matches()) {
        names.add(name);
      }
    }
    if (names.isEmpty()) {
      return;
    }
    String asked = URLEncoder.encode(String.join(",", names), StandardCharsets.UTF_8);
    for (JsonNode metric : rest.get(metrics + "?get=" + asked)) {
      Matcher name = OFFSET.matcher(metric.path("id").asText());
      long last = metric.path("value").asLong(-1);
      if (name.matches() && last >= 0) {
        next.computeIfAbsent(name.group("topic"), topic -> new TreeMap<>())
            .merge(Integer.valueOf(name.group("partition")), last + 1, Math::max);
      }
    }
  }

  /** Flink calls a job running while its tasks are still being given their state. */
  private static EngineState state(JsonNode job) {
    EngineState state = state(job.path("state").asText());
    boolean begins =
        BEFORE_RUNNING.stream().anyMatch(tasks -> job.path("tasks").path(tasks).asInt() > 0);
    return state == EngineState.RUNNING && begins ? EngineState.STARTING : state;
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
