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
  private static final Map<String, Meetings> TRIALS = new ConcurrentHashMap<>();

  private static final class Meetings {
    private final CompletableFuture<Void> firstRead = new CompletableFuture<>();
    private final Map<String, End> ends = new ConcurrentHashMap<>();
  }

  /** Of a topic, the readers that have read all they have to. */
  private static final class End {
    private final Set<Integer> here = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> all = new CompletableFuture<>();
  }

  /** Done when the topic may be read. */
  CompletableFuture<Void> begins() {
    return first == null || first.equals(topic)
        ? CompletableFuture.completedFuture(null)
        : meetings().firstRead;
  }

  /**
   * One reader of the topic has come to its end.
   *
   * @return done when all of them have
   */
  CompletableFuture<Void> over(int reader, int readers) {
    End end = meetings().ends.computeIfAbsent(topic, name -> new End());
    end.here.add(reader);
    if (end.here.size() == readers) {
      end.all.complete(null);
      if (topic.equals(first)) {
        meetings().firstRead.complete(null);
      }
    }
    return end.all;
  }

  /** A reader is closed: those that take its run's place, if any do, meet anew. */
  void left() {
    Meetings meetings = TRIALS.get(trial);
    if (meetings != null) {
      meetings.ends.remove(topic);
    }
  }

  private Meetings meetings() {
    return TRIALS.computeIfAbsent(trial, name -> new Meetings());
  }

  /** Forgets the trial. */
  static void forget(String trial) {
    TRIALS.remove(trial);
  }
}
