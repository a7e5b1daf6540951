package io.kappa.control.catalogue;

import io.kappa.common.table.Identifier;
import io.kappa.common.table.TableShape;
import io.kappa.control.Refusal;
import io.kappa.control.jar.Nearest;
import io.kappa.control.version.VersionName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What readers see of a job, read with where it comes from: the live version, its frontier and its
 * rows are from one snapshot. Tables that readers may not query aren't there.
 */
public final class LiveTables {

  private final Store owner;

  public LiveTables(Store owner) {
    this.owner = owner;
  }

  /**
   * Reads in one snapshot, and changes nothing.
   *
   * @param reading what it is given may be used only until it returns
   * @throws Refusal if the job was never started, no version of it is live, or PostgreSQL can't be
   *     reached or refuses
   */
  public <T> T read(Identifier job, Function<LiveVersion, T> reading) {
    return owner.inSnapshot(
        connection -> {
          connection.setReadOnly(true);
          return reading.apply(live(connection, job));
        });
  }

  private LiveVersion live(Connection connection, Identifier job) throws SQLException {
    Versions.Snapshot snapshot = VersionRows.all(connection);
    refuseUnknown(job, snapshot);
    VersionName name =
        Optional.ofNullable(snapshot.pointers().get(job.value()))
            .filter(pointer -> pointer.live().isPresent())
            .map(pointer -> new VersionName(job, pointer.live().getAsInt()))
            .orElseThrow(
                () ->
                    new Refusal(
                        "No version of %s is live, so readers see no rows of it".formatted(job),
                        "./kappa status %s shows its versions".formatted(job)));
    Entry entry = snapshot.of(name).orElseThrow();
    List<TableShape> tables = ShownTables.of(connection, name);
    return new LiveVersion(connection, owner.url(), entry, tables);
  }

  private static void refuseUnknown(Identifier job, Versions.Snapshot snapshot) {
    if (snapshot.of(job).isEmpty()) {
      throw Nearest.refusal(
          "started job",
          job.value(),
          snapshot.entries().stream()
              .map(entry -> entry.version().name().job().value())
              .distinct()
              .toList());
    }
  }
}
