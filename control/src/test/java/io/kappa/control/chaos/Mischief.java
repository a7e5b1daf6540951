package io.kappa.control.chaos;

import io.kappa.local.Part;
import io.kappa.local.Stack;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Kills parts of the stack, or the background driver, while commands run, and starts them again.
 */
final class Mischief {

  private static final List<Set<Part>> TARGETS =
      List.of(
          EnumSet.of(Part.TASKMANAGER),
          EnumSet.of(Part.TASKMANAGER),
          EnumSet.of(Part.JOBMANAGER),
          EnumSet.of(Part.KAFKA),
          EnumSet.of(Part.POSTGRES),
          EnumSet.of(Part.POSTGRES, Part.JOBMANAGER, Part.TASKMANAGER));

  private static final int LATEST_MS = 4_000;
  private static final int LONGEST_AWAY_MS = 3_000;

  private final Stack stack;
  private final Operator operator;
  private final Random random;
  private final List<Thread> atWork = new ArrayList<>();
  private Operator.Call driver;

  Mischief(Stack stack, Operator operator, Random random) {
    this.stack = stack;
    this.operator = operator;
    this.random = random;
    this.driver = startDriver();
  }

  private Operator.Call startDriver() {
    return operator.give(List.of("drive"));
  }

  /** Begins what is going to happen during the next commands; says what. Empty: nothing. */
  String begin() {
    int chance = random.nextInt(100);
    if (chance < 10) {
      return beginKillingParts();
    }
    return chance < 25 ? beginKillingDriver() : "";
  }

  private String beginKillingParts() {
    Set<Part> parts = TARGETS.get(random.nextInt(TARGETS.size()));
    long after = random.nextInt(LATEST_MS);
    long away = random.nextInt(LONGEST_AWAY_MS);
    begin(
        () -> {
          pause(after);
          parts.parallelStream().forEach(stack::kill9);
          pause(away);
          stack.up(parts, line -> {});
        });
    return "kill -9 of %s after %d ms, for %d ms".formatted(parts, after, away);
  }

  private String beginKillingDriver() {
    long after = random.nextInt(LATEST_MS);
    long away = random.nextInt(LONGEST_AWAY_MS);
    begin(
        () -> {
          pause(after);
          driver.kill9();
          pause(away);
          driver = startDriver();
        });
    return "kill -9 of the driver after %d ms, for %d ms".formatted(after, away);
  }

  private void begin(Runnable work) {
    Thread thread = new Thread(work, "mischief");
    thread.start();
    atWork.add(thread);
  }

  private static void pause(long millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /** Waits until everything that was killed is there again. */
  List<String> end() throws InterruptedException {
    for (Thread thread : atWork) {
      thread.join();
    }
    atWork.clear();
    stack.up(line -> {});
    return driver.isAlive() ? List.of() : List.of("the background driver ended by itself");
  }

  /** Ends the driver. */
  void close() throws InterruptedException {
    for (Thread thread : atWork) {
      thread.join();
    }
    driver.kill9();
  }
}
