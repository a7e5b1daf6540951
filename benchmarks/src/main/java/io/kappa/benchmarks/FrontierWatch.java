package io.kappa.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** Asks for the frontier again and again, as a reader does, and keeps each one that is new. */
public final class FrontierWatch implements AutoCloseable {

  private static final String QUERY =
      "SELECT checkpoint, committed_at, frontier FROM kappa.freshness"
          + " WHERE job = ? AND committed_at IS NOT NULL";
  private static final Duration STANDSTILL = Duration.ofMinutes(10);

  /**
   * A frontier that was seen.
   *
   * @param nanos when the answer was here, on the clock of {@link System#nanoTime}
   * @param committedAt when it was committed, by the store's clock
   * @param next topic -> partition -> next offset
   */
  public record Sighting(
      long checkpoint, long nanos, Instant committedAt, Map<String, Map<Integer, Long>> next) {

    /** Records before the frontier of a log that begins at 0. */
    public long records() {
      return next.values().stream()
          .flatMap(topic -> topic.values().stream())
          .mapToLong(Long::longValue)
          .sum();
    }

    /** The next offset of a partition. */
    long next(String topic, int partition) {
      return next.getOrDefault(topic, Map.of()).getOrDefault(partition, 0L);
    }
  }

  private final ObjectMapper json = new ObjectMapper();
  private final List<Sighting> sightings = new CopyOnWriteArrayList<>();
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final Connection connection;
  private final String job;
  private final long everyNanos;
  private final Thread thread = new Thread(this::watch, "frontier watch");

  private FrontierWatch(Connection connection, String job, Duration every) {
    this.connection = connection;
    this.job = job;
    this.everyNanos = every.toNanos();
  }

  /** Begins to watch a job. */
  public static FrontierWatch of(OwnStack stack, String job, Duration every) {
    FrontierWatch watch = new FrontierWatch(stack.reader(), job, every);
    watch.thread.start();
    return watch;
  }

  /** What was seen so far, in order. */
  public List<Sighting> sightings() {
    return List.copyOf(sightings);
  }

  /**
   * Waits until so many records are before the frontier.
   *
   * @throws BenchmarkException if nothing was committed for ten minutes
   */
  public void await(long records) {
    long lastMove = System.nanoTime();
    int seen = 0;
    while (sightings.isEmpty() || sightings.get(sightings.size() - 1).records() < records) {
      if (failure.get() != null) {
        throw new BenchmarkException("The serving store can't be asked", failure.get());
      }
      if (sightings.size() > seen) {
        seen = sightings.size();
        lastMove = System.nanoTime();
      } else if (System.nanoTime() - lastMove > STANDSTILL.toNanos()) {
        throw new BenchmarkException(
            "Nothing was committed for %d s; the last frontier seen is %s, and %d records are to come before it"
                .formatted(
                    STANDSTILL.toSeconds(),
                    seen == 0 ? "none" : sightings.get(seen - 1).next(),
                    records));
      }
      LockSupport.parkNanos(everyNanos);
    }
  }

  private void watch() {
    try (PreparedStatement query = connection.prepareStatement(QUERY)) {
      query.setString(1, job);
      while (!ended.get()) {
        long begun = System.nanoTime();
        look(query);
        LockSupport.parkNanos(everyNanos - (System.nanoTime() - begun));
      }
    } catch (SQLException | IOException e) {
      failure.set(e);
    }
  }

  private void look(PreparedStatement query) throws SQLException, IOException {
    try (ResultSet row = query.executeQuery()) {
      if (!row.next()) {
        return;
      }
      long nanos = System.nanoTime();
      long checkpoint = row.getLong(1);
      if (sightings.isEmpty() || sightings.get(sightings.size() - 1).checkpoint() != checkpoint) {
        Instant committedAt = row.getTimestamp(2).toInstant();
        sightings.add(new Sighting(checkpoint, nanos, committedAt, next(row.getString(3))));
      }
    }
  }

  private Map<String, Map<Integer, Long>> next(String frontier) throws IOException {
    Map<String, Map<Integer, Long>> next = new TreeMap<>();
    for (Map.Entry<String, JsonNode> topic : json.readTree(frontier).properties()) {
      Map<Integer, Long> partitions = new TreeMap<>();
      topic
          .getValue()
          .properties()
          .forEach(
              each -> partitions.put(Integer.valueOf(each.getKey()), each.getValue().asLong()));
      next.put(topic.getKey(), partitions);
    }
    return next;
  }

  @Override
  public void close() {
    ended.set(true);
    LockSupport.unpark(thread);
    try {
      thread.join();
      connection.close();
    } catch (InterruptedException e) {
      throw BenchmarkException.interrupted(e);
    } catch (SQLException e) {
      throw new BenchmarkException("The reader's connection can't be closed", e);
    }
  }
}
