package io.kappa.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kappa.local.postgres.StoreSetup;
import io.kappa.local.process.DurableFile;
import io.kappa.local.process.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * What a stack remembers in {@code stack.json}: where its parts answer, so that other commands find
 * them, and so that running jobs find the broker at the same place after a restart.
 *
 * @param host the address the parts bind to
 * @param ports the ports in use, none of them 0
 * @param taskManagers how many TaskManagers there may be
 */
record StackState(String host, Ports ports, int taskManagers) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static Optional<StackState> read(Path data) {
    Path file = file(data);
    try {
      return Optional.of(JSON.readValue(Files.readString(file), StackState.class));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new StackException(
          "%s can't be read (%s)".formatted(file, e.getMessage()),
          "mend it, or delete it to have default ports again",
          e);
    }
  }

  /** A port once used is kept, unless the configuration asks for another. */
  static StackState resolve(StackConfig config, Optional<StackState> before) {
    Ports known =
        new Ports(
            known(config, before, Ports::kafka),
            known(config, before, Ports::postgres),
            known(config, before, Ports::flinkRest),
            known(config, before, Ports::zookeeper));
    known.all().forEach(FreePort::promise);
    return new StackState(
        config.host(),
        new Ports(
            orFree(config, known.kafka()),
            orFree(config, known.postgres()),
            orFree(config, known.flinkRest()),
            orFree(config, known.zookeeper())),
        Math.max(config.sizes().taskManagers(), before.map(StackState::taskManagers).orElse(0)));
  }

  /** The port a part has or is to have; 0 where any will do. */
  private static int known(
      StackConfig config, Optional<StackState> before, ToIntFunction<Ports> which) {
    int wanted = which.applyAsInt(config.ports());
    boolean asked = wanted != 0 && wanted != which.applyAsInt(Ports.DEFAULT);
    return before.isPresent() && !asked ? which.applyAsInt(before.get().ports()) : wanted;
  }

  private static int orFree(StackConfig config, int known) {
    return known != 0 ? known : FreePort.pick(config.host());
  }

  void write(Path data) {
    try {
      DurableFile.write(
          file(data), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of numbers and text is always JSON", e);
    }
  }

  Endpoints endpoints(Path data) {
    return new Endpoints(
        host + ":" + ports.kafka(),
        "jdbc:postgresql://%s:%d/%s".formatted(host, ports.postgres(), StoreSetup.DATABASE),
        URI.create("http://%s:%d".formatted(host, ports.flinkRest())),
        host + ":" + ports.zookeeper(),
        data.resolve("secrets"));
  }

  private static Path file(Path data) {
    return data.resolve("stack.json");
  }
}
