package io.kappa.jobs.script;

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
}
