package io.kappa.benchmarks;

/**
 * What one job made of a whole generated log.
 *
 * @param events how many records the log has over all topics
 * @param records how many of them are in the job's topics
 * @param seconds from calling {@code kappa start} to the last row
 * @param secondsToFirst from calling {@code kappa start} to the first commit that moved the
 *     frontier
 * @param recordsAtFirst before the frontier at that commit
 * @param rows in all of its tables but quarantine
 * @param keys that its state is kept by
 * @param stateBytes of its last checkpoint
 * @param replaySeconds from calling {@code kappa replay} beside it to the fence
 */
record JobRun(
    String job,
    long events,
    long records,
    double seconds,
    double secondsToFirst,
    long recordsAtFirst,
    long rows,
    long keys,
    long stateBytes,
    double replaySeconds) {

  /** Records a second with all that a start takes. */
  double rate() {
    return records / seconds;
  }

  /** Records a second of a replay, with all that it takes until it begins. */
  double replayRate() {
    return records / replaySeconds;
  }

  /** Records a second from the first commit on; NaN where that one came to the end. */
  double steadyRate() {
    return recordsAtFirst == records
        ? Double.NaN
        : (records - recordsAtFirst) / (seconds - secondsToFirst);
  }

  double stateBytesPerKey() {
    return keys == 0 ? 0 : (double) stateBytes / keys;
  }
}
