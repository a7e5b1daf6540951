package io.kappa.common.log;

import io.kappa.common.sink.Run;
import java.util.Set;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;

/**
 * On a leg with a fence checkpoints are rare, as nobody waits for the rows on the way; but for one,
 * when all have come there: that is what is waited for.
 */
final class RareUntilFence extends CheckpointPace {

  RareUntilFence(Run run, Set<String> topics, String topic) {
    super(run, topics, topic);
  }

  @Override
  void allRest(SplitEnumeratorContext<?> context, boolean rest) {
    if (rest) {
      bringForward(context);
    }
    context.setIsProcessingBacklog(true);
  }

  /** The next checkpoint, and none behind it if there is a backlog again at once. */
  private static void bringForward(SplitEnumeratorContext<?> context) {
    context.setIsProcessingBacklog(false);
  }

  @Override
  void added(int reader) {}

  @Override
  void lost(int reader) {
    forget(reader);
  }
}
