package io.kappa.common.event.serde;

import io.kappa.common.event.Event;
import java.io.Serializable;
import java.util.Optional;

/** Turns an event into the key and the value of a record. */
public interface EventEncoder<E extends Event> extends Serializable {

  /**
   * The canonical value: one JSON object in UTF-8, fields in the order the event declares them,
   * absent ones left out.
   *
   * @throws IllegalArgumentException if a text of the event has a NUL or half a surrogate pair
   */
  byte[] encode(E event);

  /** The text of the topic's key field; empty where the event doesn't have it. */
  Optional<String> key(E event);
}
