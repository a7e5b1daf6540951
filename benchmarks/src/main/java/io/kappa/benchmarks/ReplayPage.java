package io.kappa.benchmarks;

import java.time.LocalDate;
import java.util.Map;

/**
 * The page on a replay beside a live version.
 *
 * @param events history that was replayed
 * @param rate events a second meanwhile
 * @param replayRate limit of the replay; 0: none
 * @param readers reading connections
 * @param figures what was measured, by name
 */
record ReplayPage(
    Machine machine,
    LocalDate date,
    long events,
    int rate,
    long replayRate,
    int readers,
    Map<String, Double> figures) {

  String text() {
    MarkdownTable latency = new MarkdownTable("live version", "p50", "p99", "max");
    latency.row("alone", ms("quietP50Ms"), ms("quietP99Ms"), ms("quietP100Ms"));
    latency.row(
        "beside the replay",
        ms("duringReplayP50Ms"),
        ms("duringReplayP99Ms"),
        ms("duringReplayP100Ms"));
    MarkdownTable stall = new MarkdownTable("readers", "answers", "p50", "p99", "max");
    stall.row(
        "before",
        number("readersQuietAnswers"),
        ms("readersQuietP50Ms"),
        ms("readersQuietP99Ms"),
        ms("readersQuietP100Ms"));
    stall.row(
        "while commands run that switch nothing",
        number("readersCommandsAnswers"),
        ms("readersCommandsP50Ms"),
        ms("readersCommandsP99Ms"),
        ms("readersCommandsP100Ms"));
    stall.row(
        "while commands switch them",
        number("readersSwitchingAnswers"),
        ms("readersSwitchingP50Ms"),
        ms("readersSwitchingP99Ms"),
        ms("readersSwitchingP100Ms"));
    return Text.format(
        """
        # Figures of a replay

        Measured on %s with `make bench-replay`, which writes this page; %d cores (%s), %,d MiB, load before it
        began %.1f, %s. All figures are in [benchmarks/results/replay-%s.json](../benchmarks/results/replay-%s.json).
        Broker, PostgreSQL, Flink, the senders and the readers share these cores.

        ## From `replay` to READY

        %,d generated events in the log, %,d a second keep coming, limit of the replay: %s. `./kappa replay
        activity-metrics --set min-watch=30s --wait` took **%.1f s** from the command to READY: copy, leg to the
        fence, comparison, savepoint, last leg, caught up.

        ## What readers of the live version notice of it

        From when an event is due to when a reader first sees a frontier past it. Wanted: p99 at most twice as
        long. It is %.1f times as long.

        %s
        ## What readers notice of a switch

        %d connections read a contract view, each every 50 ms, while %d commands cut over and roll back. Wanted:
        p99 under 10 ms, and nobody blocked. Readers seen waiting for a lock: %.0f. A command took %.0f ms from
        its start to its end, median (longest %.0f ms), most of which is the start of its JVM and the wait for
        a moment at which no reader goes back. Wanted: under 1 s. The commands' JVMs take turns with the readers
        on the same cores, so the second row has as many commands that only rehearse (`--dry-run`).

        %s""",
        date,
        machine.cores(),
        machine.processor(),
        machine.memoryMb(),
        machine.load(),
        machine.jdk(),
        date,
        date,
        events,
        rate,
        replayRate == 0 ? "none" : Text.format("%,d records a second", replayRate),
        figures.get("secondsToReady"),
        figures.get("duringReplayP99Ms") / figures.get("quietP99Ms"),
        latency,
        readers,
        figures.get("switchCommands").intValue(),
        figures.get("readersSeenBlocked"),
        figures.get("switchMedianMs"),
        figures.get("switchMaxMs"),
        stall);
  }

  private String ms(String name) {
    return Text.format("%,.1f ms", figures.get(name));
  }

  private String number(String name) {
    return Text.format("%,.0f", figures.get(name));
  }
}
