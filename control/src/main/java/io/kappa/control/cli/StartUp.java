package io.kappa.control.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kappa.control.Refusal;
import io.kappa.control.catalogue.Migration;
import io.kappa.control.catalogue.Store;
import io.kappa.control.catalogue.Versions;
import io.kappa.control.flink.RestFlinkCluster;
import io.kappa.control.replay.LogAdmin;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/**
 * Does what most commands begin with, without a stack. {@code make build} runs it to keep the
 * classes that it needs in an archive, from which a command starts in half the time.
 */
final class StartUp {

  private static final String NOBODY = "127.0.0.1:1";

  private StartUp() {}

  /** Loads what commands load; whatever it asks for isn't there. */
  public static void main(String[] args) throws IOException {
    Path directory = Files.createTempDirectory("kappa");
    try {
      PrintWriter nowhere = new PrintWriter(System.err, false, StandardCharsets.UTF_8);
      Terminal terminal =
          new Terminal(new ByteArrayInputStream(new byte[0]), nowhere, nowhere, false);
      Installation installation = new Installation(directory, directory.resolve("data"));
      Kappa.commandLine(installation, terminal).parseArgs("cutover", "job", "--timeout=30s");
      Kappa.commandLine(installation, terminal).parseArgs("status", "--json");
      Kappa.commandLine(installation, terminal).parseArgs("replay", "job", "--set=a=1", "--wait");
      new ObjectMapper().readTree(JsonText.of(Map.of("a", 1)));
      Store store =
          new Store(
              "jdbc:postgresql://%s/kappa".formatted(NOBODY),
              "kappa_owner",
              Files.writeString(directory.resolve("password"), "none"));
      ask(() -> new Versions(store).snapshot());
      ask(() -> migrated(store));
      ask(() -> new RestFlinkCluster(URI.create("http://" + NOBODY)).jobs());
      try (LogAdmin log = new LogAdmin(NOBODY, Duration.ofSeconds(1))) {
        ask(() -> log.facts(List.of("activity")));
      }
      // A broker that answers has the client load its messages, one and all.
      ask(() -> List.of(ApiKeys.values(), Errors.values()));
    } finally {
      Files.deleteIfExists(directory.resolve("password"));
      Files.delete(directory);
    }
  }

  private static Migration migrated(Store store) {
    Migration migration = new Migration(store);
    migration.run();
    return migration;
  }

  private interface Question {
    Object ask() throws IOException;
  }

  private static void ask(Question question) throws IOException {
    try {
      question.ask();
    } catch (Refusal nobodyThere) {
      // It was to fail: what it loaded on the way is what counts.
      return;
    }
  }
}
