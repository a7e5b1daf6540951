package io.kappa.common.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kappa.control.TestStore;
import io.kappa.control.catalogue.Settlement;
import io.kappa.control.catalogue.VersionSchema;
import io.kappa.local.junit.LocalStack;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BulkRowsIT {

  @RegisterExtension static final LocalStack STACK = LocalStack.brokerAndStore();

  private static final String SCHEMA = TestStore.V1.schema();
  private static final String ROWS =
      "SELECT town, day, trips, coalesce(note, 'none') FROM activity_metrics_v1.rides ORDER BY 1, 2";
  private static final String LEFT_BEHIND =
      "SELECT (SELECT count(*) FROM activity_metrics_v1._staging_rides)"
          + " + (SELECT count(*) FROM activity_metrics_v1._bulk)";

  private TestStore store;
  private Connection connection;
  private BulkRows rows;
  private Staging staging;
  private long checkpoint;
  private long owners;

  @BeforeEach
  void table() throws Exception {
    store = TestStore.in(STACK.freshDatabase());
    store.insert(TestStore.version("activity"));
    new VersionSchema(store.owner()).createOwn(TestStore.V1, List.of(Ride.TABLE.shape()));
    store.run("kappa_owner", "UPDATE kappa.ledger SET bulk = true");
    StoreAddress address =
        new StoreAddress(
            store.database().jdbcUrl(),
            "kappa_job",
            store.database().secrets().resolve("kappa_job.password").toString());
    connection = address.connect("rides");
    connection.setAutoCommit(false);
    rows = new BulkRows(SCHEMA, List.of(Ride.TABLE.shape()));
    staging = new Staging(address, SCHEMA, "staging of rides");
    checkpoint = 0;
  }

  @AfterEach
  void close() throws SQLException {
    staging.close();
    connection.close();
  }

  private RideOwner owner() {
    return new RideOwner(++owners, staging, () -> checkpoint);
  }

  private void commit(RideOwner... ofBatch) throws SQLException, IOException {
    List<Chunk> chunks = new ArrayList<>();
    for (RideOwner owner : ofBatch) {
      chunks.addAll(owner.take());
    }
    checkpoint++;
    rows.apply(connection, new Batch(checkpoint, Link.fresh(1), Link.START, chunks));
    connection.commit();
  }

  private void settle() {
    store
        .owner()
        .inTransaction(
            open -> {
              Settlement.settle(open, TestStore.V1, List.of(Ride.TABLE.shape()));
              return null;
            });
  }

  /** Attempts fail in the middle of a batch, and others go on from the last one. */
  @Test
  void theLastCommittedChangeOfEachKeyCountsHoweverItCame() throws Exception {
    for (int round = 0; round < 6; round++) {
      long seed = System.nanoTime();
      Random random = new Random(seed);
      Map<String, String> expected = new TreeMap<>();
      for (int attempt = random.nextInt(4); attempt >= 0; attempt--) {
        attempt(random, expected);
      }
      settle();

      assertThat(store.rows("kappa_job", ROWS))
          .as("round %d, seed %d", round, seed)
          .containsExactlyInAnyOrderElementsOf(expected.values());
      assertThat(store.rows("kappa_job", LEFT_BEHIND)).containsExactly("0");
      close();
      table();
    }
  }

  private void attempt(Random random, Map<String, String> expected) throws Exception {
    RideOwner left = owner();
    RideOwner right = owner();
    for (int batch = random.nextInt(5); batch >= 0; batch--) {
      boolean fails = batch == 0 && random.nextBoolean();
      Map<String, String> after = new TreeMap<>(expected);
      change(random, left, "left", after);
      if (random.nextBoolean()) {
        change(random, right, "right", after);
      }
      if (!fails) {
        expected.clear();
        expected.putAll(after);
        commit(left, right);
      }
    }
  }

  private static void change(
      Random random, RideOwner owner, String side, Map<String, String> expected)
      throws IOException {
    int staged = random.nextInt(3);
    for (int chunk = 0; chunk <= staged; chunk++) {
      Map<String, Ride> upserts = new TreeMap<>();
      Map<String, Ride> deletes = new TreeMap<>();
      for (int i = random.nextInt(20); i > 0; i--) {
        Ride ride =
            new Ride(
                side + random.nextInt(3),
                random.nextInt(10),
                random.nextInt(1000),
                random.nextBoolean() ? null : "rain");
        upserts.remove(ride.key());
        deletes.remove(ride.key());
        (random.nextInt(4) == 0 ? deletes : upserts).put(ride.key(), ride);
      }
      upserts.forEach((key, ride) -> expected.put(key, ride.text()));
      deletes.keySet().forEach(expected::remove);
      List<Ride> set = List.copyOf(upserts.values());
      List<Ride> gone = List.copyOf(deletes.values());
      if (set.isEmpty() && gone.isEmpty()) {
        continue;
      }
      if (chunk < staged) {
        owner.stage(set, gone);
      } else {
        owner.send(set, gone);
      }
    }
  }

  @Test
  void itIsSettledOnceAndKeepsItsKeyAndItsRights() throws Exception {
    RideOwner owner = owner();
    owner.send(List.of(set(1)), List.of());
    commit(owner);
    settle();
    settle();

    assertThat(store.rows("kappa_job", ROWS)).containsExactly("a|1|1|none");
    store.run("kappa_job", "UPDATE activity_metrics_v1.rides SET trips = 2");
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(
            () -> store.run("kappa_job", "INSERT INTO activity_metrics_v1.rides VALUES ('a', 1)"))
        .withMessageContaining("rides_pkey");
    assertThat(
            store.rows(
                "kappa_owner",
                "SELECT col_description('activity_metrics_v1.rides'::regclass, 1),"
                    + " obj_description('activity_metrics_v1.rides'::regclass)"))
        .containsExactly("where|Trips");
  }

  @Test
  void aRowThatTwoSubtasksChangeIsRefused() throws Exception {
    RideOwner one = owner();
    RideOwner other = owner();
    one.send(List.of(set(1)), List.of());
    other.stage(List.of(set(1)), List.of());
    commit(one, other);

    assertThatExceptionOfType(LedgerConflictException.class)
        .isThrownBy(this::settle)
        .withMessageStartingWith("Two subtasks changed the same row of rides");
    assertThat(store.rows("kappa_job", ROWS)).isEmpty();
  }

  @Test
  void committedRowsThatAreGoneAreMissed() throws Exception {
    RideOwner owner = owner();
    owner.stage(List.of(set(1), set(2)), List.of());
    owner.send(List.of(set(3)), List.of());
    commit(owner);
    store.run("kappa_job", "DELETE FROM activity_metrics_v1._staging_rides WHERE day = 2");

    assertThatExceptionOfType(LedgerConflictException.class)
        .isThrownBy(this::settle)
        .withMessageStartingWith("1 of 3 staged rows of rides are gone");
    assertThat(store.rows("kappa_job", ROWS)).isEmpty();
  }

  private static Ride set(long day) {
    return new Ride("a", day, 1, null);
  }
}
