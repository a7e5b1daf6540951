package io.kappa.common.log;

import io.kappa.common.sink.Run;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Which topics of a run nobody waits to be committed at the moment: nothing is read, or only what
 * was written long ago. Flink takes any one source's word for a backlog of the whole job, so that
 * one of them speaks for all: that of the first topic by name. Their enumerators are all in one
 * process.
 */
final class RestingTopics {

  private static final Map<UUID, RestingTopics> OF_RUNS = new HashMap<>();

  private final SortedSet<String> topics;
  private final Map<String, Consumer<Boolean>> enumerators = new HashMap<>();
  private final Set<String> resting = new HashSet<>();
  private boolean allRest;

  private RestingTopics(Set<String> topics) {
    this.topics = new TreeSet<>(topics);
  }

  /**
   * A topic's enumerator is there, in place of an earlier one if there was one; its topic doesn't
   * rest yet.
   *
   * @param topics all that the run reads
   * @param speaks if it's to speak for all, it hears from any thread whether all of them rest: at
   *     once, and when that changes
   */
  static void join(Run run, Set<String> topics, String topic, Consumer<Boolean> speaks) {
    synchronized (OF_RUNS) {
      RestingTopics ofRun =
          OF_RUNS.computeIfAbsent(run.token(), token -> new RestingTopics(topics));
      ofRun.enumerators.put(topic, speaks);
      ofRun.mark(topic, false);
      if (topic.equals(ofRun.topics.first())) {
        speaks.accept(ofRun.allRest);
      }
    }
  }

  /** Says of a topic that has joined whether it rests. */
  static void say(Run run, String topic, boolean rests) {
    synchronized (OF_RUNS) {
      RestingTopics ofRun = OF_RUNS.get(run.token());
      if (ofRun != null) {
        ofRun.mark(topic, rests);
      }
    }
  }

  /** The enumerator that gave this to be spoken to has ended. */
  static void leave(Run run, String topic, Consumer<Boolean> speaks) {
    synchronized (OF_RUNS) {
      RestingTopics ofRun = OF_RUNS.get(run.token());
      if (ofRun != null && ofRun.enumerators.remove(topic, speaks) && ofRun.enumerators.isEmpty()) {
        OF_RUNS.remove(run.token());
      }
    }
  }

  private void mark(String topic, boolean rests) {
    if (rests) {
      resting.add(topic);
    } else {
      resting.remove(topic);
    }
    if (allRest != resting.containsAll(topics)) {
      allRest = !allRest;
      Consumer<Boolean> speaker = enumerators.get(topics.first());
      if (speaker != null) {
        speaker.accept(allRest);
      }
    }
  }
}
