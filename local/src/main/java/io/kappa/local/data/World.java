package io.kappa.local.data;

import io.kappa.common.event.serde.Topic;
import java.util.Iterator;
import java.util.List;

/**
 * The records of all topics of a generated world, without end, in the order of their moments. A
 * pure function of its settings.
 */
public final class World implements Iterator<GeneratedRecord<?>> {

  /**
   * How many records of a topic are without flaws at first, so that each of its partitions has come
   * to some event time before an event is late.
   */
  static final int FLAWLESS_AT_FIRST = 64;

  private final WorldSettings settings;
  private final List<RecordStream<?>> streams;
  private final long[] moments;

  public World(WorldSettings settings) {
    this.settings = settings;
    this.streams =
        settings.topics().stream().<RecordStream<?>>map(topic -> records(settings, topic)).toList();
    this.moments = streams.stream().mapToLong(RecordStream::moment).toArray();
  }

  /** The records of one of its topics. */
  static RecordStream<?> records(WorldSettings settings, Topic<?> topic) {
    return switch (topic.name()) {
      case "activity" -> ActivityGenerator.records(settings.of(topic));
      case "posts" -> PostModel.records(settings);
      case "follows" -> FollowModel.records(settings);
      case "transactions" -> TransactionModel.records(settings);
      case "labels" -> LabelModel.records(settings);
      case "rules" -> RuleModel.records(settings);
      default -> throw new IllegalArgumentException("nothing makes events for topic " + topic);
    };
  }

  WorldSettings settings() {
    return settings;
  }

  @Override
  public boolean hasNext() {
    return true;
  }

  @Override
  public GeneratedRecord<?> next() {
    int first = first();
    GeneratedRecord<?> record = streams.get(first).nextRecord();
    moments[first] = streams.get(first).moment();
    return record;
  }

  /** The moment of the next record, in milliseconds since the epoch. */
  long moment() {
    return moments[first()];
  }

  private int first() {
    int first = 0;
    for (int i = 1; i < moments.length; i++) {
      if (moments[i] < moments[first]) {
        first = i;
      }
    }
    return first;
  }
}
