package io.kappa.common.job;

import io.kappa.common.event.Event;
import io.kappa.common.event.serde.Topic;
import java.io.Serializable;
import java.util.function.Predicate;

/**
 * A topic that a job reads, and which of its events the job wants. What it doesn't want is counted
 * as filtered.
 */
public record Input<E extends Event>(Topic<E> topic, Wanted<E> wanted) implements Serializable {

  /** Whether the job wants an event; depends on nothing but the event. */
  @FunctionalInterface
  public interface Wanted<E> extends Predicate<E>, Serializable {}

  /** All events of the topic. */
  public static <E extends Event> Input<E> all(Topic<E> topic) {
    return new Input<>(topic, event -> true);
  }

  /** The events of the topic for which the predicate holds. */
  public static <E extends Event> Input<E> where(Topic<E> topic, Wanted<E> wanted) {
    return new Input<>(topic, wanted);
  }
}
