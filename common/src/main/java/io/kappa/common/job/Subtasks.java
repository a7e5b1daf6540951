package io.kappa.common.job;

import static java.util.stream.Collectors.groupingBy;

import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * Which subtask a key goes to, so that what many keys are to get can be sent once to each subtask.
 * Sender and receiver must have the same parallelism, as all operators of a job that set none have.
 */
public final class Subtasks {

  private Subtasks() {}

  /** The keys that go to the same subtask, together. */
  public static Collection<List<String>> together(Collection<String> keys, TaskInfo task) {
    return keys.stream().collect(groupingBy(key -> of(key, task))).values();
  }

  /** Whether a key is one of the task's own. */
  public static boolean isOwn(String key, TaskInfo task) {
    return of(key, task) == task.getIndexOfThisSubtask();
  }

  private static int of(String key, TaskInfo task) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(
        key, task.getMaxNumberOfParallelSubtasks(), task.getNumberOfParallelSubtasks());
  }
}
