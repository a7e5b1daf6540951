package io.kappa.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** What Flink says of a job's state. */
final class FlinkState {

  private static final ObjectMapper JSON = new ObjectMapper();

  private FlinkState() {}

  /** The whole size of a running job's last checkpoint, in bytes. */
  static long bytes(OwnStack stack, String runName) {
    URI rest = stack.endpoints().flinkRest();
    for (JsonNode job : get(rest.resolve("/jobs/overview")).path("jobs")) {
      if (job.path("name").asText().equals(runName)
          && job.path("state").asText().equals("RUNNING")) {
        JsonNode checkpoints =
            get(rest.resolve("/jobs/" + job.path("jid").asText() + "/checkpoints"));
        return checkpoints.path("latest").path("completed").path("state_size").asLong();
      }
    }
    throw new BenchmarkException("%s doesn't run".formatted(runName));
  }

  private static JsonNode get(URI uri) {
    try {
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new BenchmarkException("Flink doesn't answer at " + uri, e);
    } catch (InterruptedException e) {
      throw BenchmarkException.interrupted(e);
    }
  }
}
