package io.kappa.common.job;

import io.kappa.common.event.Event;
import io.kappa.common.event.serde.Topic;
import java.io.Serializable;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A topic that a job reads, and what it does with its events before they come to it. What it can't
 * use goes to quarantine as {@code invalid}; of the rest, what it doesn't want is counted as
 * filtered.
 */
public record Input<E extends Event>(Topic<E> topic, Check<E> check, Wanted<E> wanted)
    implements Serializable {

  /** Whether the job wants an event; depends on nothing but the event. */
  @FunctionalInterface
  public interface Wanted<E> extends Predicate<E>, Serializable {}

  /**
   * What is wrong with an event that was decoded, but that the job can't use: the field, the value
   * seen, what is allowed. Depends on nothing but the event.
   */
  @FunctionalInterface
  public interface Check<E> extends Function<E, Optional<String>>, Serializable {}

  /** All events of the topic. */
  public static <E extends Event> Input<E> all(Topic<E> topic) {
    return where(topic, event -> true);
  }

  /** The events of the topic for which the predicate holds. */
  public static <E extends Event> Input<E> where(Topic<E> topic, Wanted<E> wanted) {
    return new Input<>(topic, event -> Optional.empty(), wanted);
  }

  /** The events of the topic in which the check finds nothing wrong. */
  public static <E extends Event> Input<E> checked(Topic<E> topic, Check<E> check) {
    return new Input<>(topic, check, event -> true);
  }
}
