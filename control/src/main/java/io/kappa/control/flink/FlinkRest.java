package io.kappa.control.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kappa.control.Refusal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/**
 * Asks Flink over HTTP. Every method throws {@link Refusal} if it doesn't answer in time, and
 * {@link Refused} if it says no.
 */
final class FlinkRest {

  /** The job's main method runs within the request, and looks at broker and store. */
  static final Duration SUBMISSION = Duration.ofMinutes(2);

  /** The cluster was there and said no. */
  static final class Refused extends Refusal {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final boolean isOfMain;

    Refused(int status, boolean isOfMain, String why, String remedy, Throwable cause) {
      super(why, remedy, cause);
      this.status = status;
      this.isOfMain = isOfMain;
    }

    int status() {
      return status;
    }

    /** Whether it was the job's own main method that failed. */
    boolean isOfMain() {
      return isOfMain;
    }
  }

  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration QUESTION = Duration.ofSeconds(5);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final URI base;
  private final HttpClient client;

  FlinkRest(URI base) {
    this.base = base;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
  }

  JsonNode get(String path) {
    return ask(request(path, QUESTION).GET().build());
  }

  JsonNode post(String path, ObjectNode body) {
    return post(path, body, QUESTION);
  }

  JsonNode post(String path, ObjectNode body, Duration timeout) {
    return ask(
        request(path, timeout)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()))
            .build());
  }

  JsonNode patch(String path) {
    return ask(request(path, QUESTION).method("PATCH", BodyPublishers.noBody()).build());
  }

  /**
   * Uploads a jar.
   *
   * @return what Flink calls it
   */
  String upload(Path jar) {
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
  void forget(String jar) {
    try {
      client.send(request("/jars/" + jar, QUESTION).DELETE().build(), BodyHandlers.discarding());
    } catch (IOException e) {
      // What is left behind is a file in Flink's upload directory, which goes with the cluster.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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
}
