package io.kappa.control.status;

import io.kappa.common.table.Identifier;
import io.kappa.control.Refusal;
import io.kappa.control.catalogue.Entry;
import io.kappa.control.catalogue.Versions;
import io.kappa.control.flink.FlinkCluster;
import io.kappa.control.flink.FlinkJob;
import io.kappa.control.status.JobStatus.VersionStatus;
import io.kappa.control.version.EngineState;
import io.kappa.control.version.Frontier;
import io.kappa.control.version.Observation;
import io.kappa.control.version.Phase;
import io.kappa.control.version.Pointer;
import io.kappa.control.version.Run;
import io.kappa.control.version.UpgradeStage;
import io.kappa.control.version.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Puts together what the catalogue, the log and the engine say of each version. The store must be
 * there; broker and engine may be away.
 */
public final class StatusReader {

  private final Versions versions;
  private final LogEnds log;
  private final FlinkCluster flink;

  public StatusReader(Versions versions, LogEnds log, FlinkCluster flink) {
    this.versions = versions;
    this.log = log;
    this.flink = flink;
  }

  /**
   * All jobs that were ever started, by name.
   *
   * @throws Refusal if the store can't be asked
   */
  public List<JobStatus> read() {
    Versions.Snapshot snapshot = versions.snapshot();
    Optional<List<FlinkJob>> engine = engine();
    Optional<Frontier> ends = ends(snapshot);
    Map<String, List<VersionStatus>> byJob = new TreeMap<>();
    for (Entry entry : snapshot.entries()) {
      byJob
          .computeIfAbsent(entry.version().name().job().value(), job -> new ArrayList<>())
          .add(status(entry, live(snapshot, entry.version()), engine, ends));
    }
    List<JobStatus> jobs = new ArrayList<>();
    byJob.forEach(
        (job, statuses) ->
            jobs.add(new JobStatus(new Identifier(job), live(snapshot, job), statuses)));
    return List.copyOf(jobs);
  }

  private VersionStatus status(
      Entry entry, boolean live, Optional<List<FlinkJob>> engine, Optional<Frontier> ends) {
    Version version = entry.version();
    Frontier frontier = entry.ledger().frontier();
    Optional<FlinkJob> job = engine.flatMap(jobs -> FlinkJob.named(version.name().runName(), jobs));
    EngineState state =
        engine.isEmpty()
            ? EngineState.UNKNOWN
            : job.map(FlinkJob::state).orElse(EngineState.NOT_RUNNING);
    Optional<String> error =
        state == EngineState.FAILED || state == EngineState.RESTARTING
            ? job.flatMap(this::cause)
            : Optional.empty();
    Optional<String> failure =
        entry.course().failure().or(() -> entry.newestRun().flatMap(Run::failure));
    if (failure.isEmpty() && state == EngineState.FAILED) {
      failure = error;
    }
    Observation observation =
        new Observation(
            live, entry.ledger().committedAt().isPresent(), entry.isPastHistory(), state, failure);
    Phase phase = observation.phaseAfter(version.phase());
    return new VersionStatus(
        version.name(),
        phase,
        state,
        version.start(),
        frontier,
        lag(frontier, ends),
        entry.ledger().committedAt(),
        entry.ledger().counts(),
        failure,
        state == EngineState.RESTARTING ? error : Optional.empty(),
        version.truncated(),
        entry.isChangingLegs(),
        entry
            .upgrade()
            .filter(upgrade -> upgrade.isOpen() || upgrade.stage() == UpgradeStage.STUCK));
  }

  private static OptionalLong lag(Frontier frontier, Optional<Frontier> ends) {
    if (ends.isEmpty() || !ends.get().offsets().keySet().containsAll(frontier.offsets().keySet())) {
      return OptionalLong.empty();
    }
    TreeMap<String, Map<Integer, Long>> own = new TreeMap<>(ends.get().offsets());
    own.keySet().retainAll(frontier.offsets().keySet());
    return OptionalLong.of(frontier.recordsTo(Frontier.of(own)));
  }

  private Optional<List<FlinkJob>> engine() {
    try {
      return Optional.of(flink.jobs());
    } catch (Refusal away) {
      return Optional.empty();
    }
  }

  private Optional<String> cause(FlinkJob job) {
    try {
      return flink.rootCause(job.id());
    } catch (Refusal away) {
      return Optional.empty();
    }
  }

  private Optional<Frontier> ends(Versions.Snapshot snapshot) {
    TreeSet<String> topics = new TreeSet<>();
    snapshot
        .entries()
        .forEach(entry -> topics.addAll(entry.ledger().frontier().offsets().keySet()));
    return topics.isEmpty() ? Optional.empty() : log.of(topics);
  }

  private static boolean live(Versions.Snapshot snapshot, Version version) {
    OptionalInt live = live(snapshot, version.name().job().value());
    return live.isPresent() && live.getAsInt() == version.name().number();
  }

  private static OptionalInt live(Versions.Snapshot snapshot, String job) {
    return Optional.ofNullable(snapshot.pointers().get(job))
        .map(Pointer::live)
        .orElse(OptionalInt.empty());
  }
}
