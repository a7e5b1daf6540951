package io.kappa.common.sink;

import io.kappa.common.log.Progress;
import io.kappa.common.sink.LedgerRules.Decision;
import io.kappa.common.table.TableShape;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits one batch after the other. What can pass is left to Flink's restarts: a batch that may
 * have been committed comes again, and the ledger knows. What can't pass stops the run for good.
 */
final class LedgerCommitter implements Committer<Batch> {

  private static final Logger LOG = LoggerFactory.getLogger(LedgerCommitter.class);

  private final Run run;
  private final CommitGuard guard;
  private final LedgerStore store;
  private final RunNote note;

  LedgerCommitter(
      Run run, StoreAddress address, String schema, List<TableShape> tables, CommitGuard guard) {
    this.run = run;
    this.guard = guard;
    this.note = new RunNote(run, address);
    this.store = new LedgerStore(run, address, schema, tables);
  }

  @Override
  public void commit(Collection<CommitRequest<Batch>> requests) throws IOException {
    for (CommitRequest<Batch> request : requests) {
      try {
        commit(request);
      } catch (SQLException e) {
        store.close();
        throw new IOException(
            "Checkpoint %d of %s version %d isn't committed yet; it will be tried again"
                .formatted(request.getCommittable().checkpoint(), run.job(), run.version()),
            e);
      } catch (RuntimeException e) {
        LOG.error(
            "Run stops for good, job={}, version={}, checkpoint={}",
            run.job(),
            run.version(),
            request.getCommittable().checkpoint(),
            e);
        note.failed(e.getMessage());
        throw new SuppressRestartsException(e);
      }
    }
  }

  private void commit(CommitRequest<Batch> request) throws SQLException, IOException {
    Batch batch = request.getCommittable();
    List<Progress> moves = ProgressJson.of(batch);
    if (!moves.isEmpty()) {
      guard.check();
    }
    if (store.commit(batch, moves) instanceof Decision.AlreadyCommitted) {
      request.signalAlreadyCommitted();
    }
  }

  @Override
  public void close() {
    guard.close();
    store.close();
  }
}
