package io.kappa.control.version;

/** What a version was made for. */
public enum Purpose {
  /** A job's first version, which readers see from the beginning. */
  LAUNCH,
  /** A candidate: it replays the log beside the live version, to take its place. */
  REPLAY,
  /** The live version's own jar and parameters again, to see that the log gives the same rows. */
  VERIFY
}
