package io.kappa.benchmarks.peers;

import io.kappa.benchmarks.BenchmarkException;
import io.kappa.benchmarks.FrontierWatch;
import io.kappa.benchmarks.FrontierWatch.Sighting;
import io.kappa.benchmarks.OwnStack;
import io.kappa.benchmarks.PreparedLog;
import io.kappa.benchmarks.ProcessUse;
import io.kappa.benchmarks.ReplayToFence;
import io.kappa.benchmarks.Setting;
import io.kappa.benchmarks.TableSums;
import io.kappa.local.Endpoints;
import io.kappa.local.Part;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One log, read by one contender after the other, each on a stack of its own that was just started.
 * Rows are proved right before a time is given.
 */
final class Race {

  private static final long LOOK_EVERY_MS = 50;
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final int REST = 10;
  private static final String JOB = "activity-metrics";

  private final PreparedLog log;
  private Optional<RowDigest> right = Optional.empty();

  Race(PreparedLog log) {
    this.log = log;
  }

  /**
   * Runs a contender.
   *
   * @throws BenchmarkException if it doesn't come to the end, or its rows are wrong
   */
  PeerRun run(Contender contender, int round) {
    try (OwnStack stack = log.copy()) {
      stack.up();
      Map<Part, ProcessUse> before = ProcessUse.of(stack);
      try (Connection owner = stack.connection(Endpoints.OWNER);
          PeerProcess peer =
              new PeerProcess(contender, PeerProcess.Ends.of(stack), Setting.PARALLELISM)) {
        double seconds = contender.ends() ? peer.untilEnd(PATIENCE) : untilThere(peer, owner);
        ProcessUse use = peer.use();
        double store = storeCpu(before, stack);
        peer.close();
        if (contender.fillsTables()) {
          check(contender.name(), owner, PeerProcess.SCHEMA);
        }
        stack.done();
        return new PeerRun(
            contender.name(), log.records(), round, seconds, use.cpuSeconds(), store, use.peakMb());
      } catch (SQLException e) {
        throw new BenchmarkException("The serving store can't be asked", e);
      }
    }
  }

  /** Runs ours, as a first version that lives and then as a replay beside it up to its fence. */
  List<PeerRun> runOurs(int round) {
    try (OwnStack stack = log.copy()) {
      stack.up();
      try (Connection owner = stack.connection(Endpoints.OWNER)) {
        PeerRun live = live(stack, round);
        check(live.contender(), owner, "activity_metrics_v1");
        PeerRun replay = replay(stack, round);
        check(replay.contender(), owner, "activity_metrics_v2");
        stack.done();
        return List.of(live, replay);
      } catch (SQLException e) {
        throw new BenchmarkException("The serving store can't be asked", e);
      }
    }
  }

  /** Runs a replay of ours alone: the version beside it has read all before, and lives. */
  PeerRun runReplay(int round) {
    try (OwnStack stack = log.copy()) {
      stack.up();
      try (Connection owner = stack.connection(Endpoints.OWNER)) {
        stack.kappa("start", JOB, "--parallelism=" + Setting.PARALLELISM, "--history=replay");
        stack.kappa("wait", JOB, "--timeout=9m");
        PeerRun replay = replay(stack, round);
        check(replay.contender(), owner, "activity_metrics_v2");
        stack.done();
        return replay;
      } catch (SQLException e) {
        throw new BenchmarkException("The serving store can't be asked", e);
      }
    }
  }

  private PeerRun live(OwnStack stack, int round) {
    Map<Part, ProcessUse> before = ProcessUse.of(stack);
    Instant begun = Instant.now();
    try (FrontierWatch watch = FrontierWatch.of(stack, JOB, Duration.ofMillis(LOOK_EVERY_MS))) {
      Setting.LIVE.start(stack);
      watch.await(log.records());
      Sighting last =
          watch.sightings().stream()
              .filter(seen -> seen.records() >= log.records())
              .findFirst()
              .orElseThrow();
      double seconds = Duration.between(begun, last.committedAt()).toMillis() / 1000.0;
      return ours(Contender.OURS_LIVE, round, seconds, before, stack);
    }
  }

  private PeerRun replay(OwnStack stack, int round) {
    Map<Part, ProcessUse> before = ProcessUse.of(stack);
    ReplayToFence replay = ReplayToFence.of(stack, JOB);
    return ours(Contender.OURS_REPLAY, round, replay.seconds(), before, stack);
  }

  private PeerRun ours(
      String name, int round, double seconds, Map<Part, ProcessUse> before, OwnStack stack) {
    Map<Part, ProcessUse> uses = ProcessUse.since(before, ProcessUse.of(stack));
    ProcessUse task = uses.get(Part.TASKMANAGER);
    ProcessUse control = uses.get(Part.JOBMANAGER);
    return new PeerRun(
        name,
        log.records(),
        round,
        seconds,
        task.cpuSeconds() + control.cpuSeconds(),
        uses.get(Part.POSTGRES).cpuSeconds(),
        task.peakMb() + control.peakMb());
  }

  private static double storeCpu(Map<Part, ProcessUse> before, OwnStack stack) {
    return ProcessUse.since(before, ProcessUse.of(stack)).get(Part.POSTGRES).cpuSeconds();
  }

  /** Asking takes the store some time itself, so it's asked a tenth of the time at most. */
  private double untilThere(PeerProcess peer, Connection owner) throws SQLException {
    while (true) {
      long begun = System.nanoTime();
      boolean there = isThere(owner);
      double seconds = peer.seconds();
      if (!peer.isRunning() || there) {
        return seconds;
      }
      peer.requireWithin(PATIENCE);
      long asked = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
      PeerProcess.rest(Math.max(LOOK_EVERY_MS, REST * asked));
    }
  }

  private boolean isThere(Connection owner) throws SQLException {
    Map<String, Long> expected = log.expected().values();
    return sum(owner, "item_totals") == expected.get("item_totals.events")
        && sum(owner, "country_hourly") == expected.get("country_hourly.events")
        && sum(owner, "item_hourly") == expected.get("item_hourly.events");
  }

  /** The sum of a table's events; 0 as long as it isn't there. */
  private static long sum(Connection owner, String table) throws SQLException {
    String name = PeerProcess.SCHEMA + "." + table;
    try (Statement statement = owner.createStatement()) {
      try (ResultSet row =
          statement.executeQuery("SELECT to_regclass('%s') IS NOT NULL".formatted(name))) {
        row.next();
        if (!row.getBoolean(1)) {
          return 0;
        }
      }
      try (ResultSet row = statement.executeQuery("SELECT sum(events)::bigint FROM " + name)) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private void check(String whose, Connection owner, String schema) {
    TableSums.of(owner, schema).require(whose, log.expected().ofTables().values());
    RowDigest rows = RowDigest.of(owner, schema);
    // Sums that are right tell nothing of single rows; all have to agree on those.
    rows.require(whose, right.orElse(rows));
    right = Optional.of(rows);
  }
}
