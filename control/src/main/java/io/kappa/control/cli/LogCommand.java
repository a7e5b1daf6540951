package io.kappa.control.cli;

import io.kappa.common.table.Identifier;
import io.kappa.control.catalogue.AuditTrail;
import io.kappa.control.catalogue.Entry;
import io.kappa.control.catalogue.Versions;
import io.kappa.control.jar.Nearest;
import io.kappa.control.status.StatusJson;
import io.kappa.control.version.Run;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kappa log}. */
@Command(
    name = "log",
    description = "Tell a job's story: who did what, which runs there were, what failed.",
    footer = {"", "Example:", "  ./kappa log activity-metrics"})
final class LogCommand implements Runnable {

  /** One thing that happened. */
  record Happening(Instant at, String version, String event, Map<String, String> detail) {}

  @Parameters(paramLabel = "JOB", description = "The job.")
  private Identifier job;

  @Option(names = "--json", description = "Print a JSON array.")
  private boolean json;

  private final Installation installation;
  private final Terminal terminal;

  LogCommand(Installation installation, Terminal terminal) {
    this.installation = installation;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    Versions.Snapshot snapshot = installation.versions().snapshot();
    List<Entry> entries = snapshot.of(job);
    if (entries.isEmpty()) {
      throw Nearest.refusal(
          "started job",
          job.value(),
          snapshot.entries().stream()
              .map(e -> e.version().name().job().value())
              .distinct()
              .toList());
    }
    List<Happening> story = story(installation.audit().of(job), entries);
    if (json) {
      terminal.say(JsonText.of(story.stream().map(LogCommand::facts).toList()));
    } else {
      story.forEach(happening -> terminal.say(line(happening)));
    }
  }

  /** All that happened, in the order of time. */
  static List<Happening> story(List<AuditTrail.Entry> audit, List<Entry> entries) {
    List<Happening> story = new ArrayList<>();
    for (AuditTrail.Entry entry : audit) {
      Map<String, String> detail = new TreeMap<>(entry.detail());
      detail.put("by", entry.actor());
      String version = entry.version().isPresent() ? "v" + entry.version().getAsInt() : "";
      story.add(new Happening(entry.at(), version, entry.event(), detail));
    }
    for (Entry entry : entries) {
      String version = "v" + entry.version().name().number();
      entry.runs().forEach(run -> story.addAll(happenings(version, run)));
      entry
          .ledger()
          .committedAt()
          .ifPresent(
              at ->
                  story.add(
                      new Happening(
                          at,
                          version,
                          "last commit",
                          Map.of(
                              "checkpoint", Long.toString(entry.ledger().checkpoint()),
                              "frontier", StatusJson.of(entry.ledger().frontier()).toString()))));
    }
    story.sort(Comparator.comparing(Happening::at));
    return List.copyOf(story);
  }

  private static List<Happening> happenings(String version, Run run) {
    List<Happening> happenings = new ArrayList<>();
    Map<String, String> detail = new TreeMap<>(Map.of("run", Long.toString(run.generation())));
    run.engineJob().ifPresent(id -> detail.put("flinkJob", id));
    happenings.add(new Happening(run.startedAt(), version, "took the ledger over", detail));
    run.heapFullAt()
        .map(
            at ->
                new Happening(
                    at,
                    version,
                    "read no more: memory full",
                    Map.of("run", Long.toString(run.generation()))))
        .ifPresent(happenings::add);
    Optional<Instant> failedAt = run.failedAt();
    if (run.failure().isPresent() && failedAt.isPresent()) {
      happenings.add(
          new Happening(
              failedAt.get(),
              version,
              "failed",
              Map.of("run", Long.toString(run.generation()), "cause", run.failure().get())));
    }
    return happenings;
  }

  private static Map<String, Object> facts(Happening happening) {
    Map<String, Object> facts = new TreeMap<>();
    facts.put("at", happening.at().toString());
    facts.put("version", happening.version());
    facts.put("event", happening.event());
    facts.put("detail", happening.detail());
    return facts;
  }

  private static String line(Happening happening) {
    StringBuilder line =
        new StringBuilder(
            DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                happening.at().truncatedTo(ChronoUnit.SECONDS).atZone(ZoneId.systemDefault())));
    line.append("  ").append(happening.version()).append("  ").append(happening.event());
    happening
        .detail()
        .forEach((key, value) -> line.append("  ").append(key).append('=').append(value));
    return line.toString();
  }
}
