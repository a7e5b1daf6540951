package io.kappa.common.log;

import org.apache.flink.api.connector.source.SplitEnumeratorContext;

/**
 * When Flink writes checkpoints seldom, by what the readers of a topic say of their work. Flink
 * calls that a backlog. All of it is called in the enumerator's thread.
 */
interface CheckpointPace {

  /** The enumerator begins. */
  void start(SplitEnumeratorContext<?> context);

  /** A reader is there, perhaps again. */
  void added(int reader);

  /** A reader says whether it's at work. */
  void heard(int reader, AtWork report);

  /** A reader has failed. */
  void lost(int reader);

  /** The enumerator ends. */
  void close();
}
