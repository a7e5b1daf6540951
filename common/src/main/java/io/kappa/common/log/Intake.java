package io.kappa.common.log;

import io.kappa.common.event.Event;
import io.kappa.common.job.Change;
import io.kappa.common.job.ChangeTypeInfoFactory;
import io.kappa.common.job.Input;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Behind the source, where each record is classified and counted: applied goes on to the job,
 * filtered is only counted, the rest goes to quarantine.
 *
 * <p>Just before each barrier it says how far every partition has been read. What follows the
 * barrier is not in it, so the sink knows the frontier of exactly what the checkpoint holds.
 */
public final class Intake<E extends Event> extends AbstractStreamOperator<E>
    implements OneInputStreamOperator<LogRecord<E>, E> {

  /** Where {@link Progress} comes out. */
  public static final OutputTag<Progress> PROGRESS =
      new OutputTag<>("progress", TypeInformation.of(Progress.class));

  /** Where quarantined records come out. */
  public static final OutputTag<Change<QuarantinedRecord>> QUARANTINE =
      new OutputTag<>(
          "quarantine", ChangeTypeInfoFactory.of(TypeInformation.of(QuarantinedRecord.class)));

  private static final ListStateDescriptor<PartitionState> PARTITIONS =
      new ListStateDescriptor<>("partitions", TypeInformation.of(PartitionState.class));

  private final Input<E> input;
  private final EventTimeRule rule;
  private final HashMap<Integer, Long> start;
  private final HashMap<Integer, Long> fence;

  private transient Map<Integer, PartitionState> partitions;
  private transient Set<Integer> holding;
  private transient Set<Integer> moved;
  private transient ListState<PartitionState> stored;
  private transient StreamRecord<E> reused;
  private transient long lastMark;

  /** An intake of a source that halts nowhere. */
  public Intake(Input<E> input, EventTimeRule rule, Map<Integer, Long> start) {
    this(input, rule, start, Map.of());
  }

  /**
   * @param start partition -> first offset, as pinned at launch; a version's later legs go on from
   *     what was restored
   * @param fence partition -> the offset before which the source halts; empty if it goes on
   */
  public Intake(
      Input<E> input, EventTimeRule rule, Map<Integer, Long> start, Map<Integer, Long> fence) {
    this.input = input;
    this.rule = rule;
    this.start = new HashMap<>(start);
    this.fence = new HashMap<>(fence);
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    partitions = new HashMap<>();
    holding = new HashSet<>();
    moved = new HashSet<>();
    reused = new StreamRecord<>(null);
    lastMark = Long.MIN_VALUE;
    start.forEach(
        (partition, first) -> partitions.put(partition, new PartitionState(partition, first)));
    // After a rescale a partition is read elsewhere, so everybody gets all; the farthest is right.
    stored = context.getOperatorStateStore().getUnionListState(PARTITIONS);
    for (PartitionState restored : stored.get()) {
      PartitionState known = partitions.get(restored.partition);
      if (known == null || restored.next > known.next) {
        partitions.put(restored.partition, restored.copy());
      }
    }
    // A partition at its fence is read by nobody from here on, so each subtask waits for it.
    partitions.values().stream()
        .filter(this::isAtFence)
        .forEach(partition -> holding.add(partition.partition));
  }

  private boolean isAtFence(PartitionState partition) {
    Long end = fence.get(partition.partition);
    return end != null && partition.next >= end;
  }

  @Override
  public void processElement(StreamRecord<LogRecord<E>> element) {
    LogRecord<E> record = element.getValue();
    PartitionState partition = partition(record.partition());
    partition.pass(record.offset());
    E event = record.event();
    if (event == null) {
      quarantine(partition, record, record.reason(), record.detail());
      return;
    }
    switch (partition.judge(rule, event.at(), record.timestamp())) {
      case LATE -> quarantine(partition, record, "late", lateDetail(partition, event));
      case FUTURE -> quarantine(partition, record, "future", futureDetail(record, event));
      case ON_TIME -> offer(partition, record, event);
    }
  }

  private PartitionState partition(int number) {
    PartitionState partition = partitions.get(number);
    if (partition == null) {
      throw new IllegalStateException(
          "Topic %s gave a record of partition %d, which wasn't pinned"
              .formatted(input.topic(), number));
    }
    holding.add(number);
    moved.add(number);
    return partition;
  }

  private void offer(PartitionState partition, LogRecord<E> record, E event) {
    Optional<String> problem = input.check().apply(event);
    if (problem.isPresent()) {
      quarantine(partition, record, "invalid", problem.get());
      return;
    }
    if (!input.wanted().test(event)) {
      partition.filtered++;
      return;
    }
    partition.applied++;
    output.collect(reused.replace(event, event.at()));
  }

  private void quarantine(
      PartitionState partition, LogRecord<E> record, String reason, String detail) {
    partition.quarantined++;
    byte[] bytes = record.bytes();
    if (bytes != null && bytes.length > LogRecord.MOST_BYTES) {
      bytes = Arrays.copyOf(bytes, LogRecord.MOST_BYTES);
    }
    QuarantinedRecord row =
        new QuarantinedRecord(
            input.topic().name(),
            record.partition(),
            record.offset(),
            reason,
            detail,
            record.timestamp(),
            record.size(),
            bytes);
    output.collect(QUARANTINE, new StreamRecord<>(Change.upsert(row)));
  }

  private String lateDetail(PartitionState partition, E event) {
    return "at %d is %d ms behind the highest before it in its partition; allowed are %d ms"
        .formatted(event.at(), partition.highWater - event.at(), rule.lateness());
  }

  private String futureDetail(LogRecord<E> record, E event) {
    return "at %d is %d ms ahead of the broker timestamp; allowed are %d ms"
        .formatted(event.at(), event.at() - record.timestamp(), rule.future());
  }

  /**
   * Passes a watermark on, but none that a partition read here doesn't allow. A partition that came
   * to its fence leaves the source's own reckoning, while its next records wait behind the fence.
   *
   * <p>Those records are in nobody's way: a partition is either at its fence when the task begins,
   * and then all subtasks hold the watermark for it; or it comes there later, and then at least one
   * record of it is read, by the subtask that holds it from that record on. Until that record the
   * source's own reckoning waits for it.
   */
  @Override
  public void processWatermark(Watermark mark) throws Exception {
    long allowed = mark.getTimestamp();
    for (int number : holding) {
      allowed = Math.min(allowed, rule.watermark(partitions.get(number).highWater));
    }
    if (allowed > lastMark) {
      lastMark = allowed;
      super.processWatermark(new Watermark(allowed));
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    for (int number : moved) {
      Progress progress = partitions.get(number).progress(input.topic().name());
      output.collect(PROGRESS, new StreamRecord<>(progress));
    }
    moved.clear();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    stored.update(partitions.values().stream().map(PartitionState::copy).toList());
  }
}
