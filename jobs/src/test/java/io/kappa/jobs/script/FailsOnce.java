package io.kappa.jobs.script;

import org.apache.flink.api.common.accumulators.IntCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;

/** Lets events through, but throws once: some events after a checkpoint was completed. */
public final class FailsOnce<E> extends RichMapFunction<E, E> implements CheckpointListener {

  /** The accumulator that counts the restarts. */
  public static final String RESTARTS = "restarts";

  private static final long serialVersionUID = 1L;

  private final int afterwards;
  private transient boolean checkpointed;
  private transient int passed;

  /**
   * @param afterwards so many events pass between the checkpoint and the failure
   */
  public FailsOnce(int afterwards) {
    this.afterwards = afterwards;
  }

  @Override
  public void open(OpenContext context) {
    IntCounter restarts = new IntCounter(getRuntimeContext().getTaskInfo().getAttemptNumber());
    getRuntimeContext().addAccumulator(RESTARTS, restarts);
  }

  @Override
  public E map(E event) {
    boolean first = getRuntimeContext().getTaskInfo().getAttemptNumber() == 0;
    if (first && checkpointed && ++passed > afterwards) {
      throw new IllegalStateException("Failing once, as the test wants it");
    }
    return event;
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) {
    checkpointed = true;
  }
}
