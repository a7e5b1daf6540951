package io.kappa.local.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kappa.local.process.Waiting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The little that the stack asks Flink's REST interface. */
record FlinkRest(String host, int port) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /** Whether a leading JobManager answers. */
  boolean answers() {
    return get("/overview").isPresent();
  }

  /** Whether the TaskManager whose RPC port that is has registered. */
  boolean hasTaskManager(int rpcPort) {
    return get("/taskmanagers").stream()
        .flatMap(all -> StreamSupport.stream(all.path("taskmanagers").spliterator(), false))
        .anyMatch(one -> one.path("path").asText().contains(":" + rpcPort + "/"));
  }

  private Optional<JsonNode> get(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://%s:%d%s".formatted(host, port, path)))
            .timeout(LIMIT)
            .build();
    try {
      HttpResponse<String> response =
          HttpClient.newBuilder()
              .connectTimeout(LIMIT)
              .build()
              .send(request, HttpResponse.BodyHandlers.ofString());
      return response.statusCode() == 200
          ? Optional.of(JSON.readTree(response.body()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      throw Waiting.interrupted(e);
    }
  }
}
