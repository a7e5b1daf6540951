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
 * When Flink writes checkpoints seldom, by what the readers say of their work; Flink calls that a
 * backlog. All of it is called in the enumerator's thread.
 */
abstract class CheckpointPace {

  private static final Logger LOG = LoggerFactory.getLogger(CheckpointPace.class);

  private final Run run;
  private final Set<String> topics;
  private final String topic;
  private final Consumer<Boolean> speaks = this::hearAll;
  private final Set<Integer> atWork = new HashSet<>();
  private SplitEnumeratorContext<?> context;

  /**
   * @param topics all that the run reads
   * @param topic the one whose readers these are
   */
  CheckpointPace(Run run, Set<String> topics, String topic) {
    this.run = run;
    this.topics = Set.copyOf(topics);
    this.topic = topic;
  }

  /** The enumerator begins. */
  void start(SplitEnumeratorContext<?> itsContext) {
    context = itsContext;
    RestingTopics.join(run, topics, topic, speaks);
  }

  private void hearAll(boolean rest) {
    try {
      context.runInCoordinatorThread(() -> allRest(context, rest));
    } catch (RejectedExecutionException e) {
      LOG.debug("Topic {} isn't read any more by {}", topic, run.purpose(), e);
    }
  }

  /** Whether nobody waits for a commit of any topic of the run; only one of them is told. */
  abstract void allRest(SplitEnumeratorContext<?> itsContext, boolean rest);

  /** A reader is there, perhaps again. */
  abstract void added(int reader);

  /** A reader has failed. */
  abstract void lost(int reader);

  /** A reader says whether it's at work. */
  final void heard(int reader, AtWork report) {
    if (report.busy()) {
      atWork.add(reader);
    } else {
      atWork.remove(reader);
    }
    RestingTopics.say(run, topic, atWork.isEmpty());
  }

  /** A reader isn't waited for; what that means for the others is seen when one of them speaks. */
  final void forget(int reader) {
    atWork.remove(reader);
  }

  /** The enumerator ends. */
  final void close() {
    RestingTopics.leave(run, topic, speaks);
  }
}
