package io.kappa.local;

import io.kappa.local.flink.FlinkFrontEnd;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The whole stack on one machine: broker, PostgreSQL, ZooKeeper, Flink, each a process of its own
 * that outlives whoever started it. Several commands may use the same stack at once; a lock in the
 * data directory keeps them apart. Every method that changes something can be killed and called
 * again.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class Stack {

  private final StackConfig config;

  private Stack(StackConfig config) {
    this.config = config;
  }

  /** The stack of that configuration, running or not. Touches nothing. */
  public static Stack of(StackConfig config) {
    return new Stack(config);
  }

  /** What the stack is made of. */
  public StackConfig config() {
    return config;
  }

  /**
   * Starts all parts that don't run and waits until each answers.
   *
   * @param progress is told one line per step; called from several threads, one at a time
   * @return where the parts answer
   * @throws StackException if a port is taken, a part doesn't come up, or files are missing
   */
  public Endpoints up(Consumer<String> progress) {
    return up(Set.of(Part.values()), progress);
  }

  /** As {@link #up(Consumer)}, for some parts only. */
  public Endpoints up(Set<Part> parts, Consumer<String> progress) {
    throw new UnsupportedOperationException();
  }

  /**
   * Stops what the stack started, and nothing else: Flink first, then broker, PostgreSQL,
   * ZooKeeper. Each is asked, and killed if it hasn't gone after a while. Jobs and data are there
   * again after the next {@link #up}.
   *
   * @param progress is told one line per step
   */
  public void down(Consumer<String> progress) {
    throw new UnsupportedOperationException();
  }

  /**
   * Deletes all data and secrets, so that the next {@link #up} begins empty.
   *
   * @throws StackException if a part runs
   */
  public void fresh() {
    throw new UnsupportedOperationException();
  }

  /** How each process does, in the order of {@link Part}. */
  public List<PartStatus> status() {
    throw new UnsupportedOperationException();
  }

  /** Where the parts answer, if the stack was ever up; its parts may be dead or stopped by now. */
  public Optional<Endpoints> endpoints() {
    throw new UnsupportedOperationException();
  }

  /**
   * Kills all processes of a part at once, as {@code kill -9} does, and waits until they're gone.
   */
  public void kill9(Part part) {
    throw new UnsupportedOperationException();
  }

  /** Starts one part, if it doesn't run, and waits until it answers. */
  public void start(Part part) {
    up(Set.of(part), line -> {});
  }

  /**
   * Flink's own command line front end, pointed at this stack.
   *
   * @throws StackException if the stack was never up
   */
  public FlinkFrontEnd flink() {
    throw new UnsupportedOperationException();
  }
}
