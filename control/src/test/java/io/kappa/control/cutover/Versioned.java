package io.kappa.control.cutover;

import static io.kappa.control.TestStore.ITEMS;
import static io.kappa.control.TestStore.JOB;

import io.kappa.common.table.Identifier;
import io.kappa.common.table.TableShape;
import io.kappa.control.TestStore;
import io.kappa.control.catalogue.AuditTrail;
import io.kappa.control.catalogue.Contracts;
import io.kappa.control.catalogue.VersionSchema;
import io.kappa.control.catalogue.Versions;
import io.kappa.control.version.Course;
import io.kappa.control.version.Frontier;
import io.kappa.control.version.Phase;
import io.kappa.control.version.Purpose;
import io.kappa.control.version.RunProfile;
import io.kappa.control.version.Version;
import io.kappa.control.version.VersionName;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A job with a live version 1, to which others are added, all of them on one topic. */
public final class Versioned {

  static final String TOPIC = "activity";
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private final TestStore store;
  private final Identifier job;
  private final Map<Integer, List<TableShape>> shapes = new TreeMap<>();

  private Versioned(TestStore store, Identifier job) {
    this.store = store;
    this.job = job;
  }

  /** Version 1, live, at its start. */
  public static Versioned in(TestStore store) throws SQLException {
    return in(store, JOB);
  }

  /** The same of another job. */
  public static Versioned in(TestStore store, Identifier job) throws SQLException {
    Versioned versioned = new Versioned(store, job);
    store.insert(versioned.version(1, Phase.CREATED, Purpose.LAUNCH));
    new VersionSchema(store.owner()).createFirst(versioned.own(1), List.of(ITEMS));
    versioned.shapes.put(1, List.of(ITEMS));
    versioned.phase(1, Phase.LIVE);
    return versioned;
  }

  public static VersionName name(int number) {
    return new VersionName(JOB, number);
  }

  /** Another version in this phase, attached if readers could be brought to it. */
  public Versioned with(int number, Phase phase) throws SQLException {
    return with(number, phase, List.of(ITEMS));
  }

  Versioned with(int number, Phase phase, List<TableShape> tables) throws SQLException {
    new Versions(store.owner())
        .insert(
            version(number, phase, Purpose.REPLAY),
            Course.ofCandidate(1, false, 0, RunProfile.REPLAY, RunProfile.LIVE),
            Optional.empty(),
            "ann");
    new VersionSchema(store.owner()).createOwn(own(number), tables);
    if (phase == Phase.READY || phase == Phase.STANDBY) {
      shapes.put(number, tables);
      new Contracts(store.owner()).attach(own(number), shapes, PATIENCE);
    }
    return this;
  }

  private VersionName own(int number) {
    return new VersionName(job, number);
  }

  private Version version(int number, Phase phase, Purpose purpose) {
    Version first = TestStore.version(TOPIC);
    return new Version(
        own(number),
        phase,
        purpose,
        first.jarSha256(),
        first.jar(),
        first.parameters(),
        first.start(),
        first.logEnd(),
        first.topicIds(),
        first.maxParallelism(),
        false,
        Instant.EPOCH);
  }

  public void phase(int number, Phase phase) throws SQLException {
    store.run(
        "kappa_owner",
        "UPDATE kappa.version SET phase = '%s' WHERE version = %d".formatted(phase, number));
  }

  /** Sets the ledger of a version to these offsets of partitions 0 and 1. */
  public void at(int number, long zero, long one) throws SQLException {
    store.run(
        "kappa_job",
        "UPDATE kappa.ledger SET committed_at = now(), frontier = '{\"%s\": {\"0\": %d, \"1\": %d}}' WHERE job = '%s' AND version = %d"
            .formatted(TOPIC, zero, one, job, number));
  }

  static Frontier frontier(long zero, long one) {
    return Frontier.of(Map.of(TOPIC, Map.of(0, zero, 1, one)));
  }

  void detach(int number) {
    shapes.remove(number);
    new Contracts(store.owner()).detach(own(number), shapes, PATIENCE);
  }

  /** {@code version:phase} of all versions, then the pointer as {@code live/generation}. */
  public String state() throws SQLException {
    return String.join(
        " ",
        store.rows(
            "kappa_owner",
            """
            SELECT string_agg(version || ':' || phase, ' ' ORDER BY version)
                   || ' ' || (SELECT live || '/' || generation FROM kappa.pointer
                               WHERE job = '%s')
              FROM kappa.version WHERE job = '%s'
            """
                .formatted(job, job)));
  }

  /** The last entry of the audit trail. */
  AuditTrail.Entry lastEntry() {
    List<AuditTrail.Entry> all = new AuditTrail(store.owner()).of(job);
    return all.get(all.size() - 1);
  }

  TestStore store() {
    return store;
  }

  /** Puts one row into a version's table. */
  public void row(int number, String id, long n) throws SQLException {
    store.run(
        "kappa_job",
        "INSERT INTO %s.items (id, n) VALUES ('%s', %d)".formatted(own(number).schema(), id, n));
  }
}
