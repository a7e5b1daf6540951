package io.kappa.local.data;

/**
 * What a generator wrote to a topic that was empty, as readers with the usual lateness see it.
 *
 * @param records all of them
 * @param late events more than 24 hours behind the highest event time before them in their
 *     partition; copies of late events too
 * @param broken records that are no events
 * @param copies records that were written before, on time or late
 */
public record TopicCounts(long records, long late, long broken, long copies) {

  /** Both together. */
  public TopicCounts plus(TopicCounts other) {
    return new TopicCounts(
        records + other.records, late + other.late, broken + other.broken, copies + other.copies);
  }
}
