package io.kappa.control.cli;

import io.kappa.common.table.Identifier;
import io.kappa.control.Refusal;
import io.kappa.control.catalogue.Entry;
import io.kappa.control.catalogue.Versions;
import io.kappa.control.compare.Comparison;
import io.kappa.control.compare.Expected;
import io.kappa.control.compare.StandingVerdict;
import io.kappa.control.compare.TableReport;
import io.kappa.control.jar.Nearest;
import io.kappa.control.version.Frontier;
import io.kappa.control.version.Leg;
import io.kappa.control.version.Phase;
import io.kappa.control.version.Pointer;
import io.kappa.control.version.Purpose;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kappa compare}. */
@Command(
    name = "compare",
    description = "Show how a candidate's rows differ from the live version's at the same place.",
    footer = {
      "",
      "A candidate is compared by itself when it comes to its fence; this shows what was found.",
      "With --expectations it's judged once more, by that file, and the new verdict counts.",
      "",
      "Example:",
      "  ./kappa compare activity-metrics --table item_hourly"
    })
final class CompareCommand implements Runnable {

  private static final Set<Phase> NO_CANDIDATE =
      EnumSet.of(Phase.LIVE, Phase.STANDBY, Phase.RETIRED, Phase.ABORTED);

  @Parameters(paramLabel = "JOB", description = "The job.")
  private Identifier job;

  @Option(
      names = "--expectations",
      paramLabel = "FILE",
      description = "Judge what was found by this file (YAML), and note the verdict.")
  private Optional<Path> file = Optional.empty();

  @Option(names = "--table", paramLabel = "TABLE", description = "Show one table only.")
  private Optional<String> table = Optional.empty();

  @Option(names = "--json", description = "Print a JSON object.")
  private boolean json;

  private final Installation installation;
  private final Terminal terminal;

  CompareCommand(Installation installation, Terminal terminal) {
    this.installation = installation;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    Versions.Snapshot snapshot = installation.versions().snapshot();
    Entry candidate = candidate(snapshot);
    Comparison found = newest(candidate);
    List<TableReport> tables = wanted(found);
    if (file.isPresent()) {
      found = judgedAgain(found, Expected.inFile(file.get()));
    }
    Optional<String> expired = expired(snapshot, candidate, found);
    if (json) {
      terminal.say(JsonText.of(CompareFacts.of(found, tables, expired)));
    } else {
      boolean canTakeOver = candidate.version().purpose() == Purpose.REPLAY;
      new ComparePage(terminal.out(), found, expired, canTakeOver).print(tables);
      terminal.out().flush();
    }
  }

  private Entry candidate(Versions.Snapshot snapshot) {
    List<Entry> entries = snapshot.of(job);
    if (entries.isEmpty()) {
      throw Nearest.refusal(
          "started job",
          job.value(),
          snapshot.entries().stream()
              .map(entry -> entry.version().name().job().value())
              .distinct()
              .toList());
    }
    return entries.stream()
        .filter(entry -> entry.version().purpose() != Purpose.LAUNCH)
        .filter(entry -> !NO_CANDIDATE.contains(entry.version().phase()))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(
                    "%s has no candidate, so there is nothing to compare".formatted(job),
                    "./kappa replay %s makes one".formatted(job)));
  }

  private Comparison newest(Entry candidate) {
    return installation
        .comparisons()
        .newest(candidate.version().name())
        .orElseThrow(
            () ->
                new Refusal(
                    "%s wasn't compared yet: it is %s"
                        .formatted(candidate.version().name(), candidate.version().phase()),
                    "it is compared by itself at its fence; ./kappa wait %s waits until then"
                        .formatted(job)));
  }

  private List<TableReport> wanted(Comparison found) {
    List<TableReport> all = found.report().tables();
    return table
        .map(
            name ->
                List.of(
                    found
                        .report()
                        .table(name)
                        .orElseThrow(
                            () ->
                                Nearest.refusal(
                                    "compared table",
                                    name,
                                    all.stream().map(TableReport::table).toList()))))
        .orElse(all);
  }

  private Comparison judgedAgain(Comparison found, Expected expected) {
    Comparison judged = installation.fenceComparison().again(found, expected);
    installation.comparisons().add(judged, System.getProperty("user.name"));
    return judged;
  }

  private static Optional<String> expired(
      Versions.Snapshot snapshot, Entry candidate, Comparison found) {
    OptionalInt live =
        Optional.ofNullable(snapshot.pointers().get(found.candidate().job().value()))
            .map(Pointer::live)
            .orElse(OptionalInt.empty());
    Optional<Frontier> fence =
        candidate.legs().stream().map(Leg::fence).flatMap(Optional::stream).reduce((a, b) -> b);
    Optional<String> digest =
        found.expectedBy().equals(Expected.JAR)
            ? Optional.empty()
            : Expected.digestNow(Path.of(found.expectedBy()));
    return StandingVerdict.whyNot(Optional.of(found), found.candidate(), fence, live, digest);
  }
}
