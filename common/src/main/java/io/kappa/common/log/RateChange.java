package io.kappa.common.log;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * Says to a reader how fast the version may read from now on.
 *
 * @param rate records/s of all readers of all topics together; 0 without limit
 */
record RateChange(long rate) implements SourceEvent {}
