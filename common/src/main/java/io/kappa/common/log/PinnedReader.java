package io.kappa.common.log;

import io.kappa.common.sink.RunNote;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.util.ExceptionUtils;
import org.apache.kafka.clients.consumer.InvalidOffsetException;

/**
 * Reads as Flink's reader does, no faster than it may, and says what it means when an offset isn't
 * there any more.
 */
final class PinnedReader<T> implements SourceReader<T, KafkaPartitionSplit> {

  private final SourceReader<T, KafkaPartitionSplit> flinks;
  private final Pin pin;
  private final Stretch stretch;
  private final PinCheck check;
  private final String job;
  private final RunNote note;
  private final Pace pace;
  private final WorkReport report;

  PinnedReader(
      SourceReader<T, KafkaPartitionSplit> flinks,
      Pin pin,
      Stretch stretch,
      PinCheck check,
      String job,
      RunNote note,
      Pace pace,
      WorkReport report) {
    this.report = report;
    this.note = note;
    this.pace = pace;
    this.flinks = flinks;
    this.pin = pin;
    this.stretch = stretch;
    this.check = check;
    this.job = job;
  }

  @Override
  public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
    if (!pace.allows()) {
      return InputStatus.NOTHING_AVAILABLE;
    }
    try {
      InputStatus status = flinks.pollNext(output);
      if (status == InputStatus.MORE_AVAILABLE) {
        pace.took();
        report.took();
      } else {
        report.look();
      }
      return status;
    } catch (Exception e) {
      throw explained(e);
    }
  }

  private Exception explained(Exception e) throws IOException {
    InvalidOffsetException gone =
        ExceptionUtils.findThrowable(e, InvalidOffsetException.class).orElse(null);
    if (gone == null) {
      return e;
    }
    LogChangedException why = why(gone, e);
    note.failed(why.getMessage());
    return new SuppressRestartsException(why);
  }

  private LogChangedException why(InvalidOffsetException gone, Exception e) throws IOException {
    try {
      check.check();
    } catch (LogChangedException changed) {
      return changed;
    }
    return new LogChangedException(
        ("Topic %s doesn't have the records any more that come next (%s): retention or deletion"
                + " has taken them; restore the topic, or replay what is left into a new version"
                + " with `kappa replay %s --accept-truncated-log`")
            .formatted(pin.topic(), gone.partitions(), job),
        e);
  }

  @Override
  public void start() {
    flinks.start();
  }

  @Override
  public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
    List<KafkaPartitionSplit> splits = flinks.snapshotState(checkpointId);
    // Read to its fence but not yet known to be: nothing of it may be left to the next leg.
    return splits.stream().filter(split -> !isAtFence(split)).toList();
  }

  private static boolean isAtFence(KafkaPartitionSplit split) {
    return split.getStoppingOffset().filter(end -> split.getStartingOffset() >= end).isPresent();
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return pace.allows() ? flinks.isAvailable() : pace.whenAllowed();
  }

  @Override
  public void addSplits(List<KafkaPartitionSplit> splits) {
    splits.forEach(this::refuseUnlessOfThisLeg);
    flinks.addSplits(splits);
    report.begin();
  }

  /** Beside the leg's own split of the partition it would be read twice, or to the wrong end. */
  private void refuseUnlessOfThisLeg(KafkaPartitionSplit split) {
    if (split.getStoppingOffset().equals(stretch.fence(split.getPartition()))) {
      return;
    }
    String why =
        "The leg before ended when partition %d of topic %s had come to offset %d, short of its fence, and this leg has another; begin it from a savepoint taken at the fence, or replay into a new version with `kappa replay %s`"
            .formatted(split.getPartition(), pin.topic(), split.getStartingOffset(), job);
    note.failed(why);
    throw new SuppressRestartsException(new IllegalStateException(why));
  }

  @Override
  public void notifyNoMoreSplits() {
    flinks.notifyNoMoreSplits();
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    if (event instanceof Begin) {
      pace.begin();
    } else if (event instanceof RateChange change) {
      pace.change(change);
    } else if (event instanceof AreYouAtWork) {
      report.answer();
    } else {
      flinks.handleSourceEvents(event);
    }
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    flinks.notifyCheckpointComplete(checkpointId);
  }

  @Override
  public void notifyCheckpointAborted(long checkpointId) throws Exception {
    flinks.notifyCheckpointAborted(checkpointId);
  }

  @Override
  public void pauseOrResumeSplits(Collection<String> pause, Collection<String> resume) {
    flinks.pauseOrResumeSplits(pause, resume);
  }

  @Override
  public void close() throws Exception {
    pace.close();
    check.close();
    flinks.close();
  }
}
