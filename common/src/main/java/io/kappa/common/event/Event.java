package io.kappa.common.event;

/** Something that happened, as one record of the log says it. */
public interface Event {

  /** Event time: milliseconds since the epoch, UTC. */
  long at();
}
