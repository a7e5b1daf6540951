package io.kappa.common.event.serde;

import io.kappa.common.event.serde.Decoded.Reason;

/** Ends the reading of a record that is no event. Has no stack trace: a log may be full of them. */
final class Rejection extends Exception {

  private static final long serialVersionUID = 1L;

  private final Reason reason;

  Rejection(Reason reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }

  static Rejection missing(String field) {
    return new Rejection(
        Reason.MISSING_FIELD, field + ": missing, null or empty; it must be there");
  }

  static Rejection absurd(String field, String seen, String allowed) {
    return new Rejection(
        Reason.ABSURD_FIELD, "%s: %s; allowed: %s".formatted(field, Shown.text(seen), allowed));
  }
}
