package io.kappa.jobs.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;

/** Gives each reader every so-many-th partition, once. */
final class ScriptedEnumerator implements SplitEnumerator<ScriptedSplit, List<ScriptedSplit>> {

  private final SplitEnumeratorContext<ScriptedSplit> context;
  private final List<ScriptedSplit> unassigned;

  ScriptedEnumerator(
      SplitEnumeratorContext<ScriptedSplit> context, List<ScriptedSplit> unassigned) {
    this.context = context;
    this.unassigned = new ArrayList<>(unassigned);
  }

  @Override
  public void addReader(int reader) {
    List<ScriptedSplit> its =
        unassigned.stream()
            .filter(split -> split.partition() % context.currentParallelism() == reader)
            .toList();
    unassigned.removeAll(its);
    // All at once: a reader that knew only some would send a watermark that the others don't allow.
    context.assignSplits(new SplitsAssignment<>(Map.of(reader, its)));
    context.signalNoMoreSplits(reader);
  }

  @Override
  public void addSplitsBack(List<ScriptedSplit> splits, int reader) {
    unassigned.addAll(splits);
  }

  @Override
  public List<ScriptedSplit> snapshotState(long checkpoint) {
    return new ArrayList<>(unassigned);
  }

  @Override
  public void start() {}

  @Override
  public void handleSplitRequest(int reader, String host) {}

  @Override
  public void close() {}
}
