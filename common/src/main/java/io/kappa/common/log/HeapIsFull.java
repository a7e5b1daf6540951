package io.kappa.common.log;

import org.apache.flink.api.connector.source.SourceEvent;

/** A reader says that it reads no more, as there is hardly any memory left for state. */
record HeapIsFull() implements SourceEvent {}
