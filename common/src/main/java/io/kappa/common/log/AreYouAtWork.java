package io.kappa.common.log;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * Asks a reader whether it has read anything since it was asked before, and how far it is behind.
 */
record AreYouAtWork() implements SourceEvent {}
