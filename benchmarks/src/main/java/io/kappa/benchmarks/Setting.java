package io.kappa.benchmarks;

import java.util.List;

/**
 * How the job is started.
 *
 * @param state where it keeps its state, in the words of {@code kappa start}
 * @param interval time from checkpoint to checkpoint, in the same words
 */
public record Setting(String state, String interval) {

  /** Subtasks of the job's operators. */
  public static final int PARALLELISM = 2;

  /** As a version lives: what {@code kappa start} does if nobody says. */
  public static final Setting LIVE = new Setting("rocksdb", "1s");

  /** What suits an input that is over after a few seconds. */
  static final List<Setting> EACH_SECOND = List.of(LIVE, new Setting("heap", "1s"));

  /** The backends in turns, with the checkpoint of a live version and with a rarer one. */
  static final List<Setting> ALL =
      List.of(
          LIVE, new Setting("heap", "1s"), new Setting("rocksdb", "5s"), new Setting("heap", "5s"));

  /** Starts the job, which reads the whole log with these settings; it runs once this returns. */
  public void start(OwnStack stack) {
    stack.kappa(
        "start",
        "activity-metrics",
        "--parallelism=" + PARALLELISM,
        "--state=" + state,
        "--checkpoint-interval=" + interval,
        "--history=live");
  }
}
