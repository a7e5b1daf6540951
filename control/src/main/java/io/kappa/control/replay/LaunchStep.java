package io.kappa.control.replay;

import io.kappa.control.version.EngineState;
import java.util.ArrayList;
import java.util.List;

/** What a launch consists of. Each step can be killed; the next launch does what is left. */
public enum LaunchStep {
  /** Check the log, pin its start, keep the jar, write the version's row. */
  PIN_LOG,
  /** Make the version's schema, the views on it and the pointer. */
  MAKE_SCHEMA,
  /** Hand the job in. */
  SUBMIT;

  /** What is left to do, in order. */
  public static List<LaunchStep> left(
      boolean versionExists, boolean schemaExists, EngineState engine) {
    List<LaunchStep> left = new ArrayList<>();
    if (!versionExists) {
      left.add(PIN_LOG);
    }
    if (!schemaExists) {
      left.add(MAKE_SCHEMA);
    }
    if (!engine.isActive()) {
      left.add(SUBMIT);
    }
    return List.copyOf(left);
  }
}
