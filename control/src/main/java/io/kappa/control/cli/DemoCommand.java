package io.kappa.control.cli;

import io.kappa.common.event.serde.Topic;
import io.kappa.common.event.serde.Topics;
import io.kappa.common.table.Identifier;
import io.kappa.control.replay.History;
import io.kappa.control.replay.Launch;
import io.kappa.control.replay.LaunchRequest;
import io.kappa.control.replay.LogAdmin;
import io.kappa.control.status.StatusReader;
import io.kappa.control.version.RunProfile;
import io.kappa.local.data.DataException;
import io.kappa.local.data.FraudTruth;
import io.kappa.local.data.GeneratorSettings;
import io.kappa.local.data.LogProducer;
import io.kappa.local.data.World;
import io.kappa.local.data.WorldProducer;
import io.kappa.local.data.WorldSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.kafka.clients.producer.Producer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kappa demo}. */
@Command(
    name = "demo",
    description = "Show all of it: stack, history, all jobs, events that keep coming, figures.",
    footer = {
      "",
      "Ctrl-C ends the events and the figures; stack and jobs run on until ./kappa down.",
      "",
      "Example:",
      "  ./kappa demo --events 2000000 --rate 1000"
    })
final class DemoCommand implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(DemoCommand.class);
  private static final Duration HISTORY = Duration.ofDays(7);
  private static final Duration LATEST_LABEL = Duration.ofDays(2);
  private static final Duration CATCH_UP = Duration.ofMinutes(15);

  /** All jobs share two cores or so, and room is to be left for replays. */
  private static final RunProfile ONE_SUBTASK = RunProfile.LIVE.with(OptionalInt.of(1));

  private static final Set<Topic<?>> TOPICS = Set.copyOf(Topics.all());
  private static final long MILLIS_ON_A_TERMINAL = 1_000;
  private static final long MILLIS_ELSEWHERE = 5_000;
  private static final List<String> NEXT =
      List.of(
          "",
          "In another window:",
          "  ./kappa status",
          "  ./kappa sql 'select * from activity_metrics.item_totals order by events desc limit 10'",
          "  ./kappa sql 'select * from trending.top_hashtags order by window_end desc, rank limit 10'",
          "  ./kappa sql 'select * from recommendations.similar_items order by together desc limit 10'",
          "  ./kappa sql 'select * from fraud_detection.alerts order by at desc limit 10'",
          "  ./kappa sql 'select * from kappa.freshness'",
          "  ./kappa log activity-metrics",
          "Change the logic and replay it (the README tells all of it):",
          "  ./kappa verify activity-metrics",
          "  ./kappa replay activity-metrics --set min-watch=30s --wait",
          "  ./kappa compare activity-metrics",
          "  ./kappa cutover activity-metrics --accept 'short views do not count'",
          "  ./kappa rollback activity-metrics",
          "Ctrl-C ends the events; stack and jobs run on until ./kappa down.",
          "");

  @Option(names = "--events", paramLabel = "N", description = "History, in events (200,000).")
  private long events = 200_000;

  @Option(names = "--rate", paramLabel = "N", description = "New events a second (500).")
  private double rate = 500;

  @Option(names = "--seconds", paramLabel = "N", description = "End by itself after so long.")
  private Optional<Long> seconds = Optional.empty();

  private final Installation installation;
  private final Terminal terminal;

  DemoCommand(Installation installation, Terminal terminal) {
    this.installation = installation;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    try (CtrlC ctrlC = new CtrlC()) {
      UpCommand.up(installation, installation.stack(), terminal::say);
      try (LogAdmin log = installation.log(Installation.PATIENCE);
          Producer<byte[], byte[]> producer =
              LogProducer.open(installation.endpoints().kafkaBootstrap())) {
        history(log, producer, ctrlC);
        if (!ctrlC.isPressed()) {
          start(log, ctrlC);
        }
        if (!ctrlC.isPressed()) {
          NEXT.forEach(terminal::say);
          keepComing(log, producer, ctrlC);
        }
      }
      terminal.say("The stack and the jobs run on; ./kappa down stops them.");
    }
  }

  private void history(LogAdmin log, Producer<byte[], byte[]> producer, CtrlC ctrlC) {
    List<String> names = Topics.all().stream().<String>map(Topic::name).toList();
    NewTopic.ensure(installation, names, Optional.empty(), terminal);
    long there = log.ends(names).offsetsBefore();
    if (there >= events) {
      terminal.say("the log holds %,d records already".formatted(there));
      return;
    }
    long missing = events - there;
    Duration span = HISTORY.multipliedBy(missing).dividedBy(events);
    WorldSettings settings =
        WorldSettings.history(
            GeneratorSettings.standard(there).from(Instant.now().minus(span).toEpochMilli()),
            TOPICS,
            missing,
            span,
            LATEST_LABEL);
    try (FraudTruth truth = FraudTruth.of(settings, Optional.empty());
        Meter meter = new Meter(terminal, "history", System::nanoTime)) {
      new WorldProducer(producer, new World(settings), truth)
          .send(missing, ctrlC::isPressed, meter::at);
    }
  }

  private void start(LogAdmin log, CtrlC ctrlC) {
    Path jar = installation.jar(Optional.empty());
    List<Identifier> jobs =
        installation.jobs().all(jar).stream().map(job -> new Identifier(job.name())).toList();
    for (Identifier job : jobs) {
      LaunchRequest request =
          new LaunchRequest(
              job, Map.of(), false, OptionalInt.empty(), Optional.of(ONE_SUBTASK), History.AUTO);
      new Launch(installation.tools(log), jar, request, terminal::say).run();
    }
    for (Identifier job : jobs) {
      try (Meter meter = new Meter(terminal, job.value(), System::nanoTime)) {
        new CatchingUp(installation.statusWithoutLog(), log, job, CATCH_UP, Optional.empty())
            .await(meter, ctrlC);
      }
    }
  }

  private void keepComing(LogAdmin log, Producer<byte[], byte[]> producer, CtrlC ctrlC) {
    Thread events = new Thread(() -> send(producer, ctrlC), "events");
    events.start();
    figures(log, ctrlC);
    ctrlC.end();
    try {
      events.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(Producer<byte[], byte[]> producer, CtrlC ctrlC) {
    long now = System.currentTimeMillis();
    WorldSettings settings =
        WorldSettings.live(
            GeneratorSettings.standard(now).from(now),
            TOPICS,
            rate,
            WorldSettings.LATEST_LIVE_LABEL);
    try (FraudTruth truth = FraudTruth.of(settings, Optional.empty())) {
      new WorldProducer(producer, new World(settings), truth)
          .sendAtRate(rate, Long.MAX_VALUE, ctrlC::isPressed, (done, total, records) -> {});
    } catch (DataException e) {
      LOG.warn("No more events come", e);
      terminal.note("no more events come: " + e.getMessage());
    }
  }

  private void figures(LogAdmin log, CtrlC ctrlC) {
    StatusReader status =
        new StatusReader(
            installation.versions(), topics -> Optional.of(log.ends(topics)), installation.flink());
    DemoFigures figures = new DemoFigures(status, installation.reader());
    Redrawn screen = new Redrawn(terminal);
    long pause = terminal.isInteractive() ? MILLIS_ON_A_TERMINAL : MILLIS_ELSEWHERE;
    long end = seconds.map(s -> System.nanoTime() + Duration.ofSeconds(s).toNanos()).orElse(0L);
    while (!ctrlC.isPressed() && (seconds.isEmpty() || System.nanoTime() < end)) {
      screen.show(figures.lines());
      ctrlC.rest(pause);
    }
  }
}
