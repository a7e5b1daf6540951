package io.kappa.control.replay;

import io.kappa.common.table.TableShape;
import io.kappa.control.catalogue.Leases;
import io.kappa.control.catalogue.Store;
import io.kappa.control.catalogue.Transitions;
import io.kappa.control.catalogue.VersionSchema;
import io.kappa.control.catalogue.Versions;
import io.kappa.control.flink.FlinkCluster;
import io.kappa.control.jar.JarShelf;
import io.kappa.control.jar.Jobs;
import io.kappa.control.jar.StateCheck;
import io.kappa.control.version.Outfit;
import io.kappa.control.version.Version;
import java.nio.file.Path;
import java.util.List;

/**
 * What bringing versions to life works with.
 *
 * @param owner the store as the role that owns the catalogue
 * @param actor whom the audit trail names
 */
public record Tools(
    Store owner,
    LogAdmin log,
    FlinkCluster flink,
    Jobs jobs,
    JarShelf shelf,
    StateCheck states,
    RetainedCheckpoints checkpoints,
    SavepointShelf savepoints,
    Ends ends,
    String actor) {

  Versions versions() {
    return new Versions(owner);
  }

  VersionSchema schemas() {
    return new VersionSchema(owner);
  }

  Transitions transitions() {
    return new Transitions(owner);
  }

  Leases leases() {
    return new Leases(owner);
  }

  /** The tables that the version's own jar declares. */
  List<TableShape> tablesOf(Version version) {
    return jobs.job(Path.of(version.jar()), version.name().job()).tables();
  }

  /** How a version would run with that jar. */
  public static StateCheck.Candidate candidate(Version version, Outfit outfit) {
    return new StateCheck.Candidate(
        Path.of(outfit.jar()), version.name().job(), outfit.parameters(), version.maxParallelism());
  }
}
