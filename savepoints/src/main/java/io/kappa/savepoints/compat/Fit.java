package io.kappa.savepoints.compat;

/** How a serializer gets on with what an older one wrote, as Flink resolves it. */
public enum Fit {
  /** It reads and writes the same. */
  AS_IS,
  /** It reads and writes the same, once it was told something of the older one. */
  RECONFIGURED,
  /** What was written is read by the older one and written anew. */
  MIGRATED,
  /** It can't be read. */
  INCOMPATIBLE
}
