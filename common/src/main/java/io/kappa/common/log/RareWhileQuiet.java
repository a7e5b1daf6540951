package io.kappa.common.log;

import io.kappa.common.sink.Run;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * On a leg that goes on checkpoints are rare while no topic of the run has records: each costs all
 * tasks something, and has nothing to commit. The first record ends that.
 */
final class RareWhileQuiet implements CheckpointPace {

  private static final Logger LOG = LoggerFactory.getLogger(RareWhileQuiet.class);
  private static final long ASK_EVERY_MS = 5_000;

  private final Run run;
  private final int topics;
  private final String topic;
  private final Consumer<Boolean> listener = this::backlog;
  private final Set<Integer> atWork = new HashSet<>();
  private SplitEnumeratorContext<?> context;

  /**
   * @param topics how many topics the run reads
   */
  RareWhileQuiet(Run run, int topics, String topic) {
    this.run = run;
    this.topics = topics;
    this.topic = topic;
  }

  @Override
  public void start(SplitEnumeratorContext<?> itsContext) {
    context = itsContext;
    QuietTopics.join(run, topics, topic, listener);
    context.callAsync(() -> true, (always, problem) -> ask(), ASK_EVERY_MS, ASK_EVERY_MS);
  }

  private void backlog(boolean isQuiet) {
    try {
      context.runInCoordinatorThread(() -> context.setIsProcessingBacklog(isQuiet));
    } catch (RejectedExecutionException e) {
      LOG.debug("Topic {} of {} is read no more", topic, run.purpose(), e);
    }
  }

  private void ask() {
    context
        .registeredReaders()
        .keySet()
        .forEach(reader -> context.sendEventToSourceReader(reader, new AreYouAtWork()));
  }

  @Override
  public void added(int reader) {
    heard(reader, new AtWork(true));
  }

  @Override
  public void heard(int reader, AtWork report) {
    if (report.busy()) {
      atWork.add(reader);
    } else {
      atWork.remove(reader);
    }
    QuietTopics.say(run, topic, atWork.isEmpty());
  }

  /** The next one of its number begins at work. */
  @Override
  public void lost(int reader) {
    added(reader);
  }

  @Override
  public void close() {
    QuietTopics.leave(run, topic, listener);
  }
}
