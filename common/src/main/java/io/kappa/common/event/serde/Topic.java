package io.kappa.common.event.serde;

import io.kappa.common.event.Event;
import java.io.Serializable;

/**
 * A topic of the log: its name, the event its records carry, and how to read one.
 *
 * @param keyField the field whose text is the record key; a record without that field has no key
 */
public record Topic<E extends Event>(
    String name, Class<E> eventType, String keyField, EventDecoder<E> decoder)
    implements Serializable {

  @Override
  public String toString() {
    return name;
  }
}
