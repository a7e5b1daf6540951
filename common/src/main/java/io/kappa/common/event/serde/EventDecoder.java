package io.kappa.common.event.serde;

import io.kappa.common.event.Event;
import java.io.Serializable;

/**
 * Turns the value of a record into an event. A pure function: it never throws because of the bytes.
 */
@FunctionalInterface
public interface EventDecoder<E extends Event> extends Serializable {

  /** The most bytes that an event may have: 1 MiB. */
  int MAX_BYTES = 1 << 20;

  /** The earliest event time that is believed: 2000-01-01T00:00:00Z, in milliseconds. */
  long EARLIEST_AT = 946_684_800_000L;

  /**
   * @param value the record's value; may be {@code null}
   */
  Decoded<E> decode(byte[] value);
}
