package io.kappa.common.job.run;

import io.kappa.common.event.Event;
import io.kappa.common.event.serde.Topic;
import io.kappa.common.log.KafkaAddress;
import io.kappa.common.log.LogRecord;
import io.kappa.common.log.PinCheck;
import io.kappa.common.log.PinnedSource;
import io.kappa.common.sink.LedgerSink;
import io.kappa.common.sink.StoreAddress;
import io.kappa.common.sink.VersionPlan;
import io.kappa.common.table.TableShape;
import java.util.List;
import org.apache.flink.api.connector.source.Source;

/** The ends of a version: the pinned log, and its ledger in the store. */
record LogAndStore(VersionPlan plan, KafkaAddress kafka, StoreAddress store) implements Ends {

  @Override
  public <E extends Event> Source<LogRecord<E>, ?, ?> source(Topic<E> topic) {
    return new PinnedSource<>(topic, plan, kafka, store);
  }

  @Override
  public LedgerSink sink(List<TableShape> tables) {
    return LedgerSink.of(
        plan.run(),
        store,
        plan.schema(),
        tables,
        new PinCheck(plan.pins(), kafka, plan.run().job()));
  }
}
