package io.kappa.jobs.script;

import java.io.Serializable;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When a topic of a trial is read: the first one wholly before any other begins, or each when it
 * likes. Jobs that join topics have to give the same rows either way.
 *
 * @param trial names the trial; nothing else in this JVM has the name
 * @param topic whose turn it is
 * @param first the topic that goes first; {@code null} for none
 */
record Turn(String trial, String topic, String first) implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Readers come out of a serialised graph, so this is where they can meet. */
  private static final Map<String, FirstTopic> TRIALS = new ConcurrentHashMap<>();

  private static final class FirstTopic {
    private final Set<Integer> ended = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> read = new CompletableFuture<>();
  }

  /** Done when the topic may be read. */
  CompletableFuture<Void> begins() {
    return first == null || first.equals(topic)
        ? CompletableFuture.completedFuture(null)
        : meeting().read;
  }

  /** One reader of the topic has come to its end. */
  void over(int reader, int readers) {
    if (!topic.equals(first)) {
      return;
    }
    meeting().ended.add(reader);
    if (meeting().ended.size() == readers) {
      meeting().read.complete(null);
    }
  }

  private FirstTopic meeting() {
    return TRIALS.computeIfAbsent(trial, name -> new FirstTopic());
  }

  /** Forgets the trial. */
  static void forget(String trial) {
    TRIALS.remove(trial);
  }
}
