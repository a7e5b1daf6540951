package io.kappa.common.job.run;

import io.kappa.common.event.Event;
import io.kappa.common.event.serde.Topic;
import io.kappa.common.log.LogRecord;
import io.kappa.common.sink.LedgerSink;
import io.kappa.common.table.TableShape;
import java.util.List;
import org.apache.flink.api.connector.source.Source;

/** Where a job's records come from, and where its rows go. */
public interface Ends {

  /** The source of a topic. */
  <E extends Event> Source<LogRecord<E>, ?, ?> source(Topic<E> topic);

  /** The sink of all tables. */
  LedgerSink sink(List<TableShape> tables);
}
