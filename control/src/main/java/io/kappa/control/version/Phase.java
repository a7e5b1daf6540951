package io.kappa.control.version;

/** How far a version has come in its life. */
public enum Phase {
  /** Its row, schema and start are there; nothing was committed yet. */
  CREATED,
  /** It reads the log from its start, and hasn't come to the fence (or the log's end) yet. */
  REPLAYING,
  /** It idles at its fence: all records before it processed, none after. */
  FENCED,
  /** It was compared with the live version at the fence. */
  COMPARED,
  /** It reads what the log has gained since the fence. */
  CATCHING_UP,
  /** It has caught up and commits: readers can be cut over to it. */
  READY,
  /** Readers see it. */
  LIVE,
  /** Readers saw it before; it goes on consuming, so that they can go back. */
  STANDBY,
  /** It was stopped for good, after others took its place. */
  RETIRED,
  /** It stopped for good because of an error. */
  FAILED,
  /** An operator ended it before it was live. */
  ABORTED;

  /** Whether nothing comes after this phase without an operator. */
  public boolean isOver() {
    return this == RETIRED || this == FAILED || this == ABORTED;
  }
}
