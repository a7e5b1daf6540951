package io.kappa.common.log;

import io.kappa.common.sink.Run;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Which topics of a run have no records at the moment. Flink takes one source's word for a backlog
 * of the whole job, so that those of a run have to agree; their enumerators are all in one process.
 */
final class QuietTopics {

  private static final Map<UUID, QuietTopics> OF_RUNS = new HashMap<>();

  private final int topics;
  private final Map<String, Consumer<Boolean>> listeners = new HashMap<>();
  private final Set<String> quiet = new HashSet<>();
  private boolean allQuiet;

  private QuietTopics(int topics) {
    this.topics = topics;
  }

  /**
   * A topic's enumerator is there, in place of an earlier one if there was one.
   *
   * @param topics how many topics the run reads
   * @param listener hears, from any thread, whether all topics of the run are quiet
   */
  static void join(Run run, int topics, String topic, Consumer<Boolean> listener) {
    synchronized (OF_RUNS) {
      QuietTopics ofRun = OF_RUNS.computeIfAbsent(run.token(), each -> new QuietTopics(topics));
      ofRun.listeners.put(topic, listener);
      listener.accept(ofRun.allQuiet);
      ofRun.mark(topic, false);
    }
  }

  /**
   * Says of a topic that has joined whether it's quiet; all hear of it if that changes anything.
   */
  static void say(Run run, String topic, boolean isQuiet) {
    synchronized (OF_RUNS) {
      QuietTopics ofRun = OF_RUNS.get(run.token());
      if (ofRun != null) {
        ofRun.mark(topic, isQuiet);
      }
    }
  }

  /** The enumerator with that listener has ended. */
  static void leave(Run run, String topic, Consumer<Boolean> listener) {
    synchronized (OF_RUNS) {
      QuietTopics ofRun = OF_RUNS.get(run.token());
      if (ofRun != null && ofRun.listeners.remove(topic, listener) && ofRun.listeners.isEmpty()) {
        OF_RUNS.remove(run.token());
      }
    }
  }

  private void mark(String topic, boolean isQuiet) {
    if (isQuiet) {
      quiet.add(topic);
    } else {
      quiet.remove(topic);
    }
    if (allQuiet != (quiet.size() == topics)) {
      allQuiet = !allQuiet;
      listeners.values().forEach(listener -> listener.accept(allQuiet));
    }
  }
}
