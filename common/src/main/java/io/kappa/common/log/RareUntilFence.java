package io.kappa.common.log;

import java.util.HashSet;
import java.util.Set;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;

/**
 * On a leg with a fence checkpoints are rare on the way, as nobody waits for the rows. Once all
 * have come there the next checkpoint doesn't wait: it's what is waited for.
 */
final class RareUntilFence implements CheckpointPace {

  private final Set<Integer> atWork = new HashSet<>();
  private SplitEnumeratorContext<?> context;

  @Override
  public void start(SplitEnumeratorContext<?> itsContext) {
    context = itsContext;
    context.setIsProcessingBacklog(true);
  }

  @Override
  public void added(int reader) {}

  @Override
  public void heard(int reader, AtWork report) {
    if (report.busy()) {
      atWork.add(reader);
    } else {
      atWork.remove(reader);
    }
    context.setIsProcessingBacklog(!atWork.isEmpty());
  }

  @Override
  public void lost(int reader) {
    atWork.remove(reader);
  }

  @Override
  public void close() {}
}
