package io.kappa.control.cli;

import io.kappa.control.Refusal;
import io.kappa.control.catalogue.Entry;
import io.kappa.control.compare.Comparisons;
import io.kappa.control.replay.Driver;
import io.kappa.control.replay.LogAdmin;
import io.kappa.control.replay.Tools;
import io.kappa.control.version.Phase;
import io.kappa.control.version.Purpose;
import io.kappa.control.version.VersionName;
import java.time.Duration;
import java.util.Optional;

/** Drives a candidate as far as it goes without an operator, and says what to do then. */
final class CandidateWait {

  private final Installation installation;
  private final Terminal terminal;
  private final Tools tools;
  private final LogAdmin log;

  CandidateWait(Installation installation, Terminal terminal, Tools tools, LogAdmin log) {
    this.installation = installation;
    this.terminal = terminal;
    this.tools = tools;
    this.log = log;
  }

  /**
   * @throws Refusal if it failed, was ended, takes too long, or a verification found differences
   */
  void await(VersionName name, Duration timeout) {
    Optional<Driver.Look> there;
    try (CtrlC ctrlC = new CtrlC();
        Ride ride = new Ride(terminal, tools, log, ctrlC, name, timeout)) {
      there = ride.toTheEnd();
    }
    if (there.isEmpty()) {
      terminal.say(
          "%s goes on in the background if a driver runs; ./kappa wait %s follows it"
              .formatted(name, name.job()));
      return;
    }
    say(there.get().entry());
  }

  private void say(Entry entry) {
    VersionName name = entry.version().name();
    Phase phase = entry.version().phase();
    String verdict =
        new Comparisons(installation.owner())
            .newest(name)
            .map(comparison -> ", verdict " + comparison.verdict().outcome())
            .orElse("");
    if (entry.version().purpose() == Purpose.VERIFY) {
      sayVerification(entry);
    } else if (phase == Phase.COMPARED) {
      terminal.say("%s stands at its fence%s".formatted(name, verdict));
      terminal.say("./kappa compare %s shows what differs".formatted(name.job()));
      terminal.say("./kappa replay %s goes on with it".formatted(name.job()));
    } else {
      terminal.say("%s is %s%s".formatted(name, phase, verdict));
      terminal.say("./kappa compare %s shows what differs".formatted(name.job()));
      terminal.say("./kappa cutover %s switches readers to it".formatted(name.job()));
    }
  }

  private void sayVerification(Entry entry) {
    VersionName name = entry.version().name();
    String live = "v" + entry.course().baseline().orElse(0);
    if (entry.version().phase() == Phase.COMPARED) {
      throw new Refusal(
          "%s isn't what the log says: replaying it gave other rows".formatted(live),
          "./kappa compare %s shows them; ./kappa abort %s ends the verification"
              .formatted(name.job(), name.job()));
    }
    long rows =
        new Comparisons(installation.owner())
            .newest(name)
            .map(
                comparison ->
                    comparison.report().tables().stream()
                        .mapToLong(table -> table.rows().equal())
                        .sum())
            .orElse(0L);
    terminal.say(
        "%s %s is what the log says: 0 differences in %,d rows at %s"
            .formatted(
                name.job(), live, rows, entry.leg().orElseThrow().fence().orElseThrow().offsets()));
  }
}
