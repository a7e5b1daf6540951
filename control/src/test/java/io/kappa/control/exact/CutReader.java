package io.kappa.control.exact;

import io.kappa.local.junit.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A reader that takes one cut after the other for as long as it is open. */
final class CutReader implements AutoCloseable {

  private final TestDatabase database;
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final Future<List<Cut>> cuts;
  private volatile boolean reading = true;

  CutReader(TestDatabase database) {
    this.database = database;
    this.cuts = thread.submit(this::read);
  }

  private List<Cut> read() {
    // The same frontier is read again and again; what was once seen at it has to stay.
    Map<String, Cut> different = new LinkedHashMap<>();
    while (reading) {
      try {
        Cut cut = Cut.take(database);
        different.putIfAbsent(cut.frontier() + "/" + cut.hashCode(), cut);
      } catch (SQLException e) {
        Thread.onSpinWait();
      }
    }
    return new ArrayList<>(different.values());
  }

  /** Stops reading and gives all different cuts that were seen. */
  List<Cut> stop() throws Exception {
    reading = false;
    return cuts.get();
  }

  @Override
  public void close() {
    reading = false;
    thread.shutdownNow();
  }
}
