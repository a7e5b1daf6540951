package io.kappa.jobs.script;

import java.io.Serializable;
import org.apache.flink.api.connector.source.SourceSplit;

/** A partition of a written log, and the offset to go on from. */
record ScriptedSplit(int partition, int next) implements SourceSplit, Serializable {

  private static final long serialVersionUID = 1L;

  @Override
  public String splitId() {
    return Integer.toString(partition);
  }
}
