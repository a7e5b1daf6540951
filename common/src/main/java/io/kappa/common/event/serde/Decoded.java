package io.kappa.common.event.serde;

import io.kappa.common.event.Event;

/** What became of a record's bytes: an event, or the reason why there is none. */
public sealed interface Decoded<E extends Event> {

  /** The bytes were an event. */
  record Ok<E extends Event>(E event) implements Decoded<E> {}

  /**
   * The bytes were no event.
   *
   * @param detail names the field, the value seen (shortened) and the value allowed
   */
  record Rejected<E extends Event>(Reason reason, String detail) implements Decoded<E> {}

  /** Why a record's bytes are no event. */
  enum Reason {
    /** The record has no value. */
    NULL_VALUE,
    /** More bytes than any event has; see {@link EventDecoder#MAX_BYTES}. */
    TOO_LARGE,
    /** Not one whole JSON object in UTF-8. */
    NOT_JSON,
    /** A field that must be there isn't, or is null. */
    MISSING_FIELD,
    /** The {@code kind} is none that we know. */
    UNKNOWN_KIND,
    /** A field has the wrong type, or a value that can't be. */
    ABSURD_FIELD
  }
}
