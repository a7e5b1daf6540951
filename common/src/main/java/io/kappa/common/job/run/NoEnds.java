package io.kappa.common.job.run;

import io.kappa.common.event.Event;
import io.kappa.common.event.serde.Topic;
import io.kappa.common.log.IdleSource;
import io.kappa.common.log.LogRecord;
import io.kappa.common.sink.LedgerSink;
import io.kappa.common.table.TableShape;
import java.util.List;
import org.apache.flink.api.connector.source.Source;

/** Ends with the same state as a version's: nothing is read, and nothing is written. */
record NoEnds() implements Ends {

  @Override
  public <E extends Event> Source<LogRecord<E>, ?, ?> source(Topic<E> topic) {
    return new IdleSource<>(topic);
  }

  @Override
  public LedgerSink sink(List<TableShape> tables) {
    return LedgerSink.nowhere();
  }
}
