package io.kappa.common.log;

import io.kappa.common.sink.Run;
import java.util.Set;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;

/**
 * On a leg that goes on checkpoints are rare while nobody waits for one: while no topic of the run
 * has records that were written just now. Each costs all tasks something, and has nothing to
 * commit, or nothing that mightn't come a little later. The first such record ends that.
 */
final class RareUnlessAwaited extends CheckpointPace {

  private static final long ASK_EVERY_MS = 5_000;

  RareUnlessAwaited(Run run, Set<String> topics, String topic) {
    super(run, topics, topic);
  }

  @Override
  void start(SplitEnumeratorContext<?> context) {
    super.start(context);
    context.callAsync(() -> true, (always, problem) -> ask(context), ASK_EVERY_MS, ASK_EVERY_MS);
  }

  private static void ask(SplitEnumeratorContext<?> context) {
    context
        .registeredReaders()
        .keySet()
        .forEach(reader -> context.sendEventToSourceReader(reader, new AreYouAtWork()));
  }

  @Override
  void allRest(SplitEnumeratorContext<?> context, boolean rest) {
    context.setIsProcessingBacklog(rest);
  }

  @Override
  void added(int reader) {
    heard(reader, new AtWork(true));
  }

  /** The next one of its number begins at work. */
  @Override
  void lost(int reader) {
    added(reader);
  }
}
