package io.kappa.local.data;

import io.kappa.common.event.Event;
import io.kappa.common.event.serde.Topic;
import io.kappa.common.event.serde.Topics;
import io.kappa.local.data.GeneratorSettings.Shares;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Small worlds, and what is in them. */
final class Worlds {

  static final int RECORDS = 200_000;
  static final long START = GeneratorSettings.START_AT;
  static final long DAY = Duration.ofDays(1).toMillis();

  private Worlds() {}

  /** Two months of all topics, with a number of records that a test can go through. */
  static WorldSettings with(Shares shares) {
    return with(shares, new LinkedHashSet<>(Topics.all()));
  }

  static WorldSettings with(Shares shares, Set<Topic<?>> topics) {
    return WorldSettings.history(
        GeneratorSettings.standard(7).withPopulation(2_000, 500).withShares(shares),
        topics,
        RECORDS,
        WorldSettings.SPAN,
        WorldSettings.LATEST_LABEL);
  }

  /** The first events of a topic that are neither copies nor broken. */
  static <E extends Event> List<E> events(RecordStream<E> records, int count) {
    List<E> events = new ArrayList<>();
    while (events.size() < count) {
      GeneratedRecord<E> record = records.nextRecord();
      if (!record.broken() && !record.copy()) {
        events.add(record.event());
      }
    }
    return events;
  }
}
