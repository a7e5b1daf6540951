package io.kappa.local.data;

import io.kappa.common.event.Event;
import io.kappa.common.event.serde.Topic;

/**
 * A record of a generated log, and what its generator knows of it.
 *
 * @param message what is written
 * @param moment when it's written, in milliseconds since the epoch: the event time of an event that
 *     is in order
 * @param event what it says, or said before it was broken
 * @param broken its bytes are no event
 * @param copy the same record was written before
 */
public record GeneratedRecord<E extends Event>(
    Topic<E> topic, Message message, long moment, E event, boolean broken, boolean copy) {

  GeneratedRecord<E> copiedAt(long later) {
    return new GeneratedRecord<>(topic, message, later, event, broken, true);
  }
}
