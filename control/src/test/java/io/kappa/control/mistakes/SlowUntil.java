package io.kappa.control.mistakes;

import io.kappa.common.event.Activity;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes its time over each event, and throws at those whose number is some number or more. */
record SlowUntil(int which) implements Variant.Events {

  private static final Pattern NUMBER = Pattern.compile("e(\\d+)");
  private static final long EACH_NANOS = 1_000_000;
  private static final AtomicInteger COUNT = new AtomicInteger();

  // Flink runs a copy that has no way to an object of the test's, only to what is static.
  private static final Map<Integer, Integer> FROM = new ConcurrentHashMap<>();

  /** One that throws at nothing until it is told to. */
  static SlowUntil never() {
    return new SlowUntil(COUNT.incrementAndGet());
  }

  void set(int from) {
    FROM.put(which, from);
  }

  @Override
  public Function<Activity, List<Activity>> get() {
    return event -> {
      Matcher number = NUMBER.matcher(event.eventId());
      if (number.matches()
          && Integer.parseInt(number.group(1)) >= FROM.getOrDefault(which, Integer.MAX_VALUE)) {
        throw new IllegalStateException("poisoned by " + event.eventId());
      }
      LockSupport.parkNanos(EACH_NANOS);
      return List.of(event);
    };
  }
}
