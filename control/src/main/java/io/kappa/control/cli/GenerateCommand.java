package io.kappa.control.cli;

import io.kappa.common.event.serde.Topic;
import io.kappa.common.event.serde.Topics;
import io.kappa.control.Refusal;
import io.kappa.local.data.FraudTruth;
import io.kappa.local.data.GeneratorSettings;
import io.kappa.local.data.LogProducer;
import io.kappa.local.data.World;
import io.kappa.local.data.WorldProducer;
import io.kappa.local.data.WorldSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.producer.Producer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kappa generate}. */
@Command(
    name = "generate",
    description =
        "Make events for all topics: activity, posts, follows, transactions with fraud, labels, rules.",
    footer = {
      "",
      "Event time begins at 2025-01-06 and the events fill 60 days (activity alone: 1,000,000",
      "are a day). With --rate it begins now and goes on until Ctrl-C. The same settings make the",
      "same bytes. What was written is counted as readers with the usual lateness of 24 h see it:",
      "late and broken records are those that they put into quarantine.",
      "",
      "Examples:",
      "  ./kappa generate --events 1000000 --seed 7 --truth frauds.csv",
      "  ./kappa generate --topic activity --events 500000",
      "  ./kappa generate --rate 500"
    })
final class GenerateCommand implements Runnable {

  private static final long DEFAULT_EVENTS = 100_000;
  private static final Set<Topic<?>> ACTIVITY_ALONE = Set.of(Topics.ACTIVITY);

  @Option(
      names = "--events",
      paramLabel = "N",
      description = "How many over all topics (default: 100,000; with --rate until Ctrl-C).")
  private Optional<Long> events = Optional.empty();

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "How many a second over all topics; event time is now.")
  private Optional<Double> rate = Optional.empty();

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description = "A topic to make events for; may be given several times (default: all six).")
  private List<String> topics = Topics.all().stream().<String>map(Topic::name).toList();

  @Mixin private final WorldOptions world = new WorldOptions();

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description = "How many partitions a topic gets if it's new (default: 4; rules: 1).")
  private Optional<Integer> partitions = Optional.empty();

  @Option(
      names = "--truth",
      paramLabel = "FILE",
      description = "Write there which transactions are fraud, as CSV: id, kind, at, record.")
  private Optional<Path> truth = Optional.empty();

  @Option(names = "--json", description = "Print what was written as a JSON object.")
  private boolean json;

  private final Installation installation;
  private final Terminal terminal;

  GenerateCommand(Installation installation, Terminal terminal) {
    this.installation = installation;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    Set<Topic<?>> chosen = chosen();
    checkTruth(chosen);
    if (events.isPresent() && events.get() < 1) {
      throw new Refusal(
          "%d events can't be made; allowed is 1 or more".formatted(events.get()),
          "give another --events");
    }
    WorldSettings settings = rate.isPresent() ? live(chosen) : history(chosen);
    ensureTopics(settings);
    generate(settings);
  }

  private Set<Topic<?>> chosen() {
    Set<Topic<?>> chosen = new LinkedHashSet<>();
    topics.forEach(name -> chosen.add(LoadCommand.topicNamed(name)));
    if (chosen.contains(Topics.LABELS) && !chosen.contains(Topics.TRANSACTIONS)) {
      throw new Refusal(
          "Labels are of the transactions made along with them, and none are made",
          "add --topic transactions");
    }
    return chosen;
  }

  private void checkTruth(Set<Topic<?>> chosen) {
    if (truth.isEmpty()) {
      return;
    }
    if (!chosen.contains(Topics.TRANSACTIONS)) {
      throw new Refusal(
          "The truth is about transactions, and none are made",
          "add --topic transactions, or leave out --truth");
    }
    Path directory = truth.get().toAbsolutePath().getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      throw new Refusal(
          "There is no directory %s to write the truth to".formatted(directory),
          "make it, or give another --truth");
    }
  }

  private WorldSettings history(Set<Topic<?>> chosen) {
    GeneratorSettings common = world.common();
    long count = events.orElse(DEFAULT_EVENTS);
    Duration span =
        world.span().orElse(chosen.equals(ACTIVITY_ALONE) ? standard(count) : WorldSettings.SPAN);
    Instant end = Instant.ofEpochMilli(common.startAt()).plus(span);
    checkClock(end, "event time would go on until %s".formatted(end));
    return WorldSettings.history(
        common, chosen, count, span, world.latestLabel().orElse(WorldSettings.LATEST_LABEL));
  }

  private static Duration standard(long count) {
    return Duration.ofNanos(GeneratorSettings.standard(0).stepNanos()).multipliedBy(count);
  }

  private WorldSettings live(Set<Topic<?>> chosen) {
    if (world.span().isPresent()) {
      throw new Refusal(
          "With --rate, event time passes as the clock does, so there is no --span",
          "leave out one of both");
    }
    Instant now = Instant.now();
    Instant start = world.from().orElse(now);
    checkClock(start, "event time would begin at %s".formatted(start));
    return WorldSettings.live(
        world.common().from(start.toEpochMilli()),
        chosen,
        rate.orElseThrow(),
        world.latestLabel().orElse(WorldSettings.LATEST_LIVE_LABEL));
  }

  private static void checkClock(Instant at, String what) {
    if (at.isAfter(Instant.now())) {
      throw new Refusal(
          "The clock says %s, and %s: readers take that for a mistake"
              .formatted(Instant.now().truncatedTo(ChronoUnit.SECONDS), what),
          "give an earlier --from, or a shorter --span");
    }
  }

  private void ensureTopics(WorldSettings settings) {
    List<String> names = settings.topics().stream().<String>map(Topic::name).toList();
    Map<String, Long> held = NewTopic.ensure(installation, names, partitions, terminal);
    if (rate.isPresent()) {
      return;
    }
    held.forEach(
        (topic, records) ->
            terminal.note(
                "topic %s holds %,d records already; what is too old beside them is late too"
                    .formatted(topic, records)));
  }

  private void generate(WorldSettings settings) {
    try (CtrlC ctrlC = new CtrlC()) {
      GeneratedFacts facts = sent(settings, ctrlC);
      if (json) {
        terminal.say(facts.json());
      } else {
        facts.print(terminal);
      }
    }
  }

  private GeneratedFacts sent(WorldSettings settings, CtrlC ctrlC) {
    try (Producer<byte[], byte[]> producer =
            LogProducer.open(installation.endpoints().kafkaBootstrap());
        FraudTruth frauds = FraudTruth.of(settings, truth);
        Meter meter = new Meter(terminal, "generating", System::nanoTime)) {
      WorldProducer generator = new WorldProducer(producer, new World(settings), frauds);
      if (rate.isPresent()) {
        generator.sendAtRate(
            rate.get(), events.orElse(Long.MAX_VALUE), ctrlC::isPressed, meter::at);
      } else {
        generator.send(events.orElse(DEFAULT_EVENTS), ctrlC::isPressed, meter::at);
      }
      return new GeneratedFacts(settings, generator.counts(), frauds.onTime());
    }
  }
}
