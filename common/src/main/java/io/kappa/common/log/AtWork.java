package io.kappa.common.log;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * Says to the enumerator whether a reader has work that a checkpoint is waited for: on a leg with a
 * fence, partitions that aren't at theirs yet; on one without, records that were written just now.
 *
 * @param busy whether it has any
 */
record AtWork(boolean busy) implements SourceEvent {}
