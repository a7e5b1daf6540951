package io.kappa.local;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What is known of one process of the stack.
 *
 * @param part which part
 * @param index 0, or the number of the TaskManager, counted from 0
 * @param state whether it runs
 * @param pid its process id while it runs
 * @param port the port it answers on, if it has one of its own and was started once
 */
public record PartStatus(Part part, int index, State state, OptionalLong pid, OptionalInt port) {

  /** Whether a process runs. */
  public enum State {
    /** The process is there. */
    RUNNING,
    /** It was started, was never stopped, and is gone. */
    DEAD,
    /** It was never started, or was stopped. */
    STOPPED
  }
}
