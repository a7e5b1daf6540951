package io.kappa.control.cli;

import io.kappa.common.event.Event;
import io.kappa.common.event.serde.Topic;
import io.kappa.common.event.serde.Topics;
import io.kappa.control.Refusal;
import io.kappa.control.jar.Nearest;
import io.kappa.local.data.BadLines;
import io.kappa.local.data.LoadResult;
import io.kappa.local.data.Loader;
import io.kappa.local.data.LogProducer;
import io.kappa.local.data.Mapping;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.clients.producer.Producer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kappa load}. */
@Command(
    name = "load",
    description = "Load a file into a topic: NDJSON, or CSV with a mapping; plain or gzip.",
    footer = {
      "",
      "A line that is no event is reported with its number; the rest is loaded.",
      "",
      "Example:",
      "  ./kappa load activity online-retail.csv.gz --mapping online-retail"
    })
final class LoadCommand implements Runnable {

  private static final int BAD_LINES_SHOWN = 50;

  @Parameters(index = "0", paramLabel = "TOPIC", description = "The topic, such as activity.")
  private String topic;

  @Parameters(index = "1", paramLabel = "FILE", description = "The file.")
  private Path file;

  @Option(
      names = "--mapping",
      paramLabel = "NAME|FILE",
      description = "How a CSV's columns become fields: online-retail, or a file of your own.")
  private Optional<String> mapping = Optional.empty();

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description = "How many partitions the topic gets if it's new (default: 4; rules: 1).")
  private Optional<Integer> partitions = Optional.empty();

  private final Installation installation;
  private final Terminal terminal;

  LoadCommand(Installation installation, Terminal terminal) {
    this.installation = installation;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    Topic<?> known = topicNamed(topic);
    checkFile();
    Optional<Mapping> columns = mapping.map(Mapping::named);
    NewTopic.ensure(installation, topic, partitions, terminal);
    load(known, columns);
  }

  /**
   * @throws Refusal if no such topic is known
   */
  static Topic<?> topicNamed(String name) {
    return Topics.named(name)
        .orElseThrow(
            () -> Nearest.refusal("topic", name, Topics.all().stream().map(Topic::name).toList()));
  }

  private void checkFile() {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new Refusal(
          "There is no file %s that can be read".formatted(file.toAbsolutePath()),
          "give the path of a file with events");
    }
    if (mapping.isEmpty() && file.toString().matches(".*\\.csv(\\.gz)?")) {
      throw new Refusal(
          "%s is a CSV by its name, and nothing says how its columns become fields".formatted(file),
          "give --mapping with one of %s, or a file of your own"
              .formatted(String.join(", ", Mapping.shipped())));
    }
  }

  private <E extends Event> void load(Topic<E> known, Optional<Mapping> columns) {
    LoadResult result;
    try (Producer<byte[], byte[]> producer =
            LogProducer.open(installation.endpoints().kafkaBootstrap());
        Meter meter = new Meter(terminal, "loading", System::nanoTime)) {
      result = new Loader(producer).load(file, known, columns, meter::at, new Reported(meter));
    }
    terminal.say(
        "%,d records went into topic %s; %,d lines were bad"
            .formatted(result.sent(), topic, result.bad()));
  }

  /** Says which lines are bad, until it's clear that many are. */
  private static final class Reported implements BadLines {

    private final Meter meter;
    private int seen;

    Reported(Meter meter) {
      this.meter = meter;
    }

    @Override
    public void badLine(long line, String reason) {
      seen++;
      if (seen <= BAD_LINES_SHOWN) {
        meter.note("line %d: %s".formatted(line, reason));
      } else if (seen == BAD_LINES_SHOWN + 1) {
        meter.note("further bad lines are only counted");
      }
    }
  }
}
