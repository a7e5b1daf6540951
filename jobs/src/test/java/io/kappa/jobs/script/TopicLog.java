package io.kappa.jobs.script;

import io.kappa.common.event.Event;
import io.kappa.common.event.serde.EventEncoder;
import io.kappa.common.event.serde.Topic;
import io.kappa.common.event.serde.Topics;
import io.kappa.jobs.script.EventTimeOracle.Judged;
import io.kappa.jobs.script.EventTimeOracle.Written;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The log of one topic as a test writes it: events in the partition of their key (in any, if they
 * have none), copies of them, and records that are none.
 */
public final class TopicLog<E extends Event> {

  private final Topic<E> topic;
  private final EventEncoder<E> encoder;
  private final Random random;
  private final List<List<Written<E>>> partitions;
  private final List<E> sent = new ArrayList<>();
  private final Set<String> unusable = new HashSet<>();

  public TopicLog(Topic<E> topic, int partitions, Random random) {
    this.topic = topic;
    this.encoder = Topics.encoder(topic);
    this.random = random;
    this.partitions =
        IntStream.range(0, partitions).<List<Written<E>>>mapToObj(p -> new ArrayList<>()).toList();
  }

  /** The place of a record, as a trial's quarantine names it. */
  static String place(String topic, int partition, long offset) {
    return topic + " " + partition + "@" + offset;
  }

  public Topic<E> topic() {
    return topic;
  }

  /** The records of each partition, in the order of their offsets. */
  public List<List<Written<E>>> partitions() {
    return partitions;
  }

  /**
   * Writes an event.
   *
   * @param timestamp the broker's, in milliseconds
   */
  public void send(E event, long timestamp) {
    sent.add(event);
    write(event, timestamp);
  }

  /** Writes one of the events that were sent before once more; nothing if there is none. */
  public void sendCopy(long timestamp) {
    if (!sent.isEmpty()) {
      write(sent.get(random.nextInt(sent.size())), timestamp);
    }
  }

  /** Writes an event in which the job has to find something wrong. */
  public void sendUnusable(E event, long timestamp) {
    unusable.add(write(event, timestamp));
  }

  /** Writes a record that is no event of the topic. */
  public void sendBroken(byte[] value, long timestamp) {
    append(random.nextInt(partitions.size()), null, value, timestamp);
  }

  private String write(E event, long timestamp) {
    int partition =
        encoder
            .key(event)
            .map(key -> Math.floorMod(key.hashCode(), partitions.size()))
            .orElseGet(() -> random.nextInt(partitions.size()));
    return append(partition, event, encoder.encode(event), timestamp);
  }

  private String append(int number, E event, byte[] value, long timestamp) {
    List<Written<E>> partition = partitions.get(number);
    int offset = partition.size();
    partition.add(new Written<>(new LoggedRecord(number, offset, timestamp, value), event));
    return place(topic.name(), number, offset);
  }

  /** What has to become of each record: {@code on time}, or why it's quarantined. */
  public List<Judged<E>> judged(EventTimeOracle times) {
    return partitions.stream()
        .flatMap(each -> times.judge(each).stream())
        .map(each -> each.onTime() && isUnusable(each) ? each.but("invalid") : each)
        .toList();
  }

  private boolean isUnusable(Judged<E> judged) {
    LoggedRecord record = judged.written().record();
    return unusable.contains(place(topic.name(), record.partition(), record.offset()));
  }

  /** The events that the job may get, partition by partition, copies included. */
  public List<E> accepted(EventTimeOracle times) {
    return judged(times).stream()
        .filter(Judged::onTime)
        .map(each -> each.written().event())
        .toList();
  }

  int records() {
    return partitions.stream().mapToInt(List::size).sum();
  }

  int longestPartition() {
    return partitions.stream().mapToInt(List::size).max().orElse(0);
  }
}
