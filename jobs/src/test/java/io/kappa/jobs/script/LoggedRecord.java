package io.kappa.jobs.script;

import io.kappa.common.event.Event;
import io.kappa.common.event.serde.Decoded;
import io.kappa.common.event.serde.Topic;
import io.kappa.common.log.LogRecord;
import java.io.Serializable;

/**
 * A record of a written log.
 *
 * @param timestamp the broker's, in milliseconds
 * @param value its bytes; {@code null} for none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record LoggedRecord(int partition, long offset, long timestamp, byte[] value)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /** As a source gives it on. */
  public <E extends Event> LogRecord<E> decoded(Topic<E> topic) {
    E event = null;
    String reason = null;
    if (topic.decoder().decode(value) instanceof Decoded.Ok<E> ok) {
      event = ok.event();
    } else {
      reason = "broken";
    }
    int size = value == null ? 0 : value.length;
    return new LogRecord<>(partition, offset, timestamp, size, event, reason, reason, value);
  }
}
