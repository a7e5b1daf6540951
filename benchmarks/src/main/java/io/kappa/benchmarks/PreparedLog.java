package io.kappa.benchmarks;

import java.nio.file.Path;

/**
 * A loaded log that every repetition begins with a copy of, and what its tables must come to.
 * Loading it once spares most of the time and gives every repetition the same bytes.
 */
public final class PreparedLog implements AutoCloseable {

  private final Input input;
  private final OwnStack stack;
  private final TableSums expected;

  private PreparedLog(Input input, OwnStack stack, TableSums expected) {
    this.input = input;
    this.stack = stack;
    this.expected = expected;
  }

  /**
   * Loads the input.
   *
   * @throws BenchmarkException if it can't be loaded, or isn't what it's known to be
   */
  public static PreparedLog of(Path home, Input input) {
    OwnStack stack = OwnStack.empty(home);
    try {
      stack.up();
      stack.kappa(input.load().toArray(String[]::new));
      TableSums expected = LogReading.sums(stack.endpoints().kafkaBootstrap(), "activity");
      expected.require("The log of " + input.name(), input.known());
      stack.down();
      stack.done();
      return new PreparedLog(input, stack, expected);
    } catch (RuntimeException e) {
      stack.close();
      throw e;
    }
  }

  /**
   * The same log with records of another shape.
   *
   * @throws BenchmarkException if the broker gives or takes nothing
   */
  public PreparedLog reshaped(Path home, Shape shape) {
    OwnStack source = stack.copy();
    OwnStack target = OwnStack.empty(home);
    try (source) {
      source.up();
      target.up();
      shape.copy(
          source.endpoints().kafkaBootstrap(), target.endpoints().kafkaBootstrap(), "activity");
      TableSums sums = LogReading.sums(target.endpoints().kafkaBootstrap(), "activity");
      target.down();
      target.done();
      source.done();
      return new PreparedLog(input, target, sums);
    } catch (RuntimeException e) {
      target.close();
      throw e;
    }
  }

  Input input() {
    return input;
  }

  /** How many records it has. */
  public long records() {
    return expected.values().get("records.all");
  }

  /** What tables made of it must come to. */
  public TableSums expected() {
    return expected;
  }

  /** A stack that has this log, and isn't up yet. */
  public OwnStack copy() {
    return stack.copy();
  }

  @Override
  public void close() {
    stack.close();
  }
}
