package io.kappa.control.cli;

import io.kappa.common.event.serde.Topics;
import io.kappa.control.Refusal;
import io.kappa.local.data.ActivityGenerator;
import io.kappa.local.data.GeneratorProducer;
import io.kappa.local.data.GeneratorSettings;
import io.kappa.local.data.LogProducer;
import io.kappa.local.data.RecordStream;
import io.kappa.local.data.TopicCreation;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.producer.Producer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kappa generate}. */
@Command(
    name = "generate",
    description = "Make events: skewed items, sessions, some late, doubled and broken.",
    footer = {
      "",
      "With --rate, event time begins now and goes on until Ctrl-C; without, it begins at",
      "2025-01-06 and 1,000,000 events are a day. The same settings make the same bytes.",
      "",
      "Examples:",
      "  ./kappa generate --events 500000 --seed 7",
      "  ./kappa generate --rate 500"
    })
final class GenerateCommand implements Runnable {

  private static final long DEFAULT_EVENTS = 100_000;

  @Option(
      names = "--events",
      paramLabel = "N",
      description = "How many (default: 100,000; with --rate until Ctrl-C).")
  private Optional<Long> events = Optional.empty();

  @Option(names = "--rate", paramLabel = "N", description = "How many a second.")
  private Optional<Double> rate = Optional.empty();

  @Option(names = "--seed", paramLabel = "S", description = "Another seed makes other events.")
  private long seed = 1;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "Event time of the first one, such as 2026-01-01T00:00:00Z.")
  private Optional<Instant> from = Optional.empty();

  @Option(names = "--users", paramLabel = "N", description = "How many users there are.")
  private int users = 50_000;

  @Option(names = "--items", paramLabel = "N", description = "How many items there are.")
  private int items = 5_000;

  @Option(names = "--topic", paramLabel = "TOPIC", description = "The topic: activity.")
  private String topic = Topics.ACTIVITY.name();

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description = "How many partitions the topic gets if it's new (default: 4).")
  private int partitions = TopicCreation.PARTITIONS;

  private final Installation installation;
  private final Terminal terminal;

  GenerateCommand(Installation installation, Terminal terminal) {
    this.installation = installation;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    LoadCommand.topicNamed(topic);
    if (!topic.equals(Topics.ACTIVITY.name())) {
      throw new Refusal(
          "Nothing makes events for topic %s; allowed is %s".formatted(topic, Topics.ACTIVITY),
          "./kappa load %s FILE loads events that you have".formatted(topic));
    }
    if (events.isPresent() && events.get() < 1) {
      throw new Refusal(
          "%d events can't be made; allowed is 1 or more".formatted(events.get()),
          "give another --events");
    }
    RecordStream<?> records = ActivityGenerator.records(settings());
    NewTopic.ensure(installation, topic, partitions, terminal);
    terminal.say("%,d records went into topic %s".formatted(send(records), topic));
  }

  private GeneratorSettings settings() {
    GeneratorSettings settings = GeneratorSettings.standard(seed).withPopulation(users, items);
    if (rate.isPresent()) {
      settings = settings.atRate(rate.get()).from(System.currentTimeMillis());
    }
    return from.isPresent() ? settings.from(from.get().toEpochMilli()) : settings;
  }

  private long send(RecordStream<?> records) {
    try (CtrlC ctrlC = new CtrlC();
        Producer<byte[], byte[]> producer =
            LogProducer.open(installation.endpoints().kafkaBootstrap());
        Meter meter = new Meter(terminal, "generating", System::nanoTime)) {
      GeneratorProducer generator = new GeneratorProducer(producer, Topics.ACTIVITY);
      return rate.isPresent()
          ? generator.sendAtRate(
              records, rate.get(), events.orElse(Long.MAX_VALUE), ctrlC::isPressed, meter::at)
          : generator.send(records, events.orElse(DEFAULT_EVENTS), ctrlC::isPressed, meter::at);
    }
  }
}
