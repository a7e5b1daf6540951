package io.kappa.common.log;

/**
 * What a reader lets its enumerator know of its work, so that checkpoints are rare while nobody
 * waits for one. All of it is called in the reader's task.
 */
interface WorkReport {

  /** Partitions were added. */
  void begin();

  /** A record was read. */
  void took();

  /** Nothing is there to be read at the moment. */
  void look();

  /** The enumerator wants to know. */
  void answer();
}
