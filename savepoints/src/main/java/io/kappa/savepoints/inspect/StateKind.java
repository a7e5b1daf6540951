package io.kappa.savepoints.inspect;

/** What a state is to the operator that has it. */
public enum StateKind {
  /** One value a key and namespace. */
  VALUE,
  /** A list a key and namespace. */
  LIST,
  /** A map a key and namespace. */
  MAP,
  /** What a reduce function has made of all values of a key and namespace. */
  REDUCING,
  /** What an aggregate function has made of all values of a key and namespace. */
  AGGREGATING,
  /** Keys and namespaces by time: timers. */
  TIMERS,
  /** A list of a subtask, split anew when the parallelism changes. */
  OPERATOR_LIST,
  /** A list of a subtask; all get all of it when a job is restored. */
  OPERATOR_UNION,
  /** A map that is the same in every subtask. */
  BROADCAST
}
