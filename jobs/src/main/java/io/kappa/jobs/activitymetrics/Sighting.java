package io.kappa.jobs.activitymetrics;

/** What an event is to the item and hour that it falls into. */
enum Sighting {
  /** The same event was counted before. */
  COPY,
  /** A new event, of somebody who was here before or of nobody. */
  NEW,
  /** A new event, and the first of its user. */
  NEW_WITH_USER
}
