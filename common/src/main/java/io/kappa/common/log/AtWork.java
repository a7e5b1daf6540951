package io.kappa.common.log;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * Says to the enumerator whether a reader has partitions that aren't at their fence yet.
 *
 * @param busy whether it has any
 */
record AtWork(boolean busy) implements SourceEvent {}
