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

/** A job on a cluster, seen through its checkpoints. */
public record RunningJob(URI rest, String id) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The last completed checkpoint; 0 if there is none, or nobody answers. */
  public long completed() {
    return latest("completed");
  }

  /** The checkpoint from which the job was restored last; 0 if from none. */
  public long restored() {
    return latest("restored");
  }

  /** Whether a checkpoint later than that one completes: all of its tasks run. */
  public boolean completesOneAfter(long checkpoint) {
    return Waiting.until(Duration.ofSeconds(60), () -> completed() > checkpoint);
  }

  private long latest(String which) {
    HttpRequest request =
        HttpRequest.newBuilder(rest.resolve("/jobs/" + id + "/checkpoints")).build();
    try {
      HttpResponse<String> response =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
      JsonNode checkpoints = JSON.readTree(response.body());
      return checkpoints.path("latest").path(which).path("id").asLong(0);
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      throw Waiting.interrupted(e);
    }
  }
}
