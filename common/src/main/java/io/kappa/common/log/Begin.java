package io.kappa.common.log;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * Has a reader begin to read. Until then it's told what there is to tell at the start, so that a
 * record of which it fails at once finds nobody speaking to it: Flink would hear of that one first,
 * and never say of what the reader failed.
 */
record Begin() implements SourceEvent {}
