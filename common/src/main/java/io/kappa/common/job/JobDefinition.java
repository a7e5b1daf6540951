package io.kappa.common.job;

import io.kappa.common.table.Table;
import java.util.List;

/**
 * A job: data and one pure function. It never sees a source, a sink, an environment or a clock.
 *
 * <p>Implementations have a public constructor without arguments and carry
 * {@code @AutoService(JobDefinition.class)}, which is all that it takes to be found.
 */
public interface JobDefinition {

  /** The job's name: {@code [a-z][a-z0-9_-]{0,40}}. */
  String name();

  /** What the job is for, in one sentence. */
  String description();

  /** The job's own parameters; {@link StandardParameters} come on top. */
  List<Parameter<?>> parameters();

  /** The topics the job reads, and which of their events it wants. */
  List<Input<?>> inputs(Parameters parameters);

  /** The tables the job fills. */
  List<Table<?>> tables();

  /**
   * The job itself: from streams of events to the changes of each table. The result may depend on
   * the set of events and on their order within a partition, on nothing else. Every operator gets a
   * constant uid.
   */
  Outputs define(Streams streams, Parameters parameters);
}
