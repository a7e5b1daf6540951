package io.kappa.local;

import io.kappa.local.PartStatus.State;
import io.kappa.local.flink.FlinkFrontEnd;
import io.kappa.local.process.Supervisor;
import io.kappa.local.process.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The whole stack on one machine: broker, PostgreSQL, ZooKeeper, Flink, each a process of its own
 * that outlives whoever started it. Several commands may use the same stack at once; a lock in the
 * data directory keeps them apart. Every method that changes something can be killed and called
 * again.
 */
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
    Consumer<String> oneAtATime = inTurn(progress);
    try (StackLock lock = StackLock.take(config.data(), oneAtATime)) {
      ownerOnly(config.data());
      StackState state = StackState.resolve(config, readState());
      refuseToMoveWhatRuns(state);
      state.write(config.data());
      StartPlan.run(wanted(supervisors(state), parts), oneAtATime);
      return state.endpoints(config.data());
    }
  }

  /**
   * Stops what the stack started, and nothing else: Flink first, then broker, PostgreSQL,
   * ZooKeeper. Each is asked, and killed if it hasn't gone after a while. Jobs and data are there
   * again after the next {@link #up}.
   *
   * @param progress is told one line per step
   */
  public void down(Consumer<String> progress) {
    if (readState().isEmpty()) {
      return;
    }
    try (StackLock lock = StackLock.take(config.data(), progress)) {
      List<Supervised> reverse = new ArrayList<>(supervisors());
      Collections.reverse(reverse);
      reverse.forEach(one -> one.supervisor().stop(progress));
    }
  }

  /**
   * Deletes all data and secrets, so that the next {@link #up} begins empty.
   *
   * @throws StackException if a part runs
   */
  public void fresh() {
    if (!Files.isDirectory(config.data())) {
      return;
    }
    try (StackLock lock = StackLock.take(config.data(), line -> {})) {
      status().stream()
          .filter(status -> status.state() == State.RUNNING)
          .findFirst()
          .ifPresent(
              status -> {
                throw new StackException(
                    "%s still runs, its data can't be deleted".formatted(status.part().label()),
                    "stop the stack first with './kappa down'");
              });
      try (Stream<Path> entries = Files.list(config.data())) {
        entries.filter(entry -> !entry.endsWith("stack.lock")).forEach(Tree::delete);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** How each process does, in the order of {@link Part}; empty if the stack was never up. */
  public List<PartStatus> status() {
    return supervisors().stream().map(Stack::status).toList();
  }

  /** Where the parts answer, if the stack was ever up; its parts may be dead or stopped by now. */
  public Optional<Endpoints> endpoints() {
    return readState().map(state -> state.endpoints(config.data()));
  }

  /**
   * Kills all processes of a part at once, as {@code kill -9} does, and waits until they're gone.
   */
  public void kill9(Part part) {
    supervisors().parallelStream()
        .filter(one -> one.part() == part)
        .forEach(one -> one.supervisor().kill9());
  }

  /**
   * Kills everything and deletes all data: the end of a test's stack. Unlike {@link #down} it asks
   * nobody.
   */
  public void destroy() {
    supervisors().parallelStream().forEach(one -> one.supervisor().destroy());
    Tree.delete(config.data());
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
    if (readState().isEmpty()) {
      throw new StackException(
          "No stack was ever up in %s".formatted(config.data()), "start it with './kappa up'");
    }
    return new FlinkFrontEnd(config);
  }

  private static PartStatus status(Supervised one) {
    Supervisor supervisor = one.supervisor();
    State state = supervisor.state();
    return new PartStatus(
        one.part(),
        one.index(),
        state,
        supervisor
            .running()
            .map(process -> OptionalLong.of(process.pid()))
            .orElseGet(OptionalLong::empty),
        supervisor.daemon().port());
  }

  private Optional<StackState> readState() {
    return StackState.read(config.data());
  }

  private List<Supervised> supervisors() {
    return readState().map(this::supervisors).orElse(List.of());
  }

  private List<Supervised> supervisors(StackState state) {
    return Supervised.all(config, state);
  }

  private void refuseToMoveWhatRuns(StackState wanted) {
    Optional<StackState> before = readState();
    if (before.isEmpty() || before.get().ports().equals(wanted.ports())) {
      return;
    }
    for (PartStatus now : status()) {
      boolean moves =
          supervisors(wanted).stream()
              .filter(one -> one.part() == now.part() && one.index() == now.index())
              .anyMatch(one -> !one.supervisor().daemon().port().equals(now.port()));
      if (now.state() == State.RUNNING && moves) {
        throw new StackException(
            "%s runs on port %d and can't move while it does"
                .formatted(now.part().label(), now.port().orElse(0)),
            "stop the stack with './kappa down' before you change its ports");
      }
    }
  }

  private List<Supervised> wanted(List<Supervised> all, Set<Part> parts) {
    return all.stream()
        .filter(one -> parts.contains(one.part()))
        .filter(one -> one.index() < config.sizes().taskManagers())
        .toList();
  }

  private static Consumer<String> inTurn(Consumer<String> progress) {
    Object turn = new Object();
    return line -> {
      synchronized (turn) {
        progress.accept(line);
      }
    };
  }

  private static void ownerOnly(Path directory) {
    try {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new StackException(
          "%s can't be kept to its owner (%s)".formatted(directory, e.getMessage()),
          "choose a data directory of your own",
          e);
    }
  }
}
