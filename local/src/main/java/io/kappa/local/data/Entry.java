package io.kappa.local.data;

/** What a file holds for one record. */
sealed interface Entry {

  /** The number of the line it begins on, from 1. */
  long line();

  /** JSON, not checked yet. */
  @SuppressWarnings("ArrayRecordComponent")
  record Value(long line, byte[] bytes) implements Entry {}

  /** Not even JSON can be made of it. */
  record Bad(long line, String reason) implements Entry {}
}
