package io.kappa.benchmarks.limit;

/** How much of the work is done. Each level does all that the one before does. */
enum Level {
  /** Records are fetched, and their bytes counted. */
  CONSUME,
  /** Their fields are decoded. */
  DECODE,
  /** They are added up in maps. */
  AGGREGATE,
  /** The maps go to the tables at the end: the limit of a replay. */
  COPY_AT_END,
  /** What changed goes to the tables each second, with the offsets: the limit of a live job. */
  COMMIT_EACH_SECOND;

  boolean decodes() {
    return this != CONSUME;
  }

  boolean adds() {
    return compareTo(AGGREGATE) >= 0;
  }

  boolean writes() {
    return compareTo(COPY_AT_END) >= 0;
  }
}
