package io.kappa.common.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kappa.common.table.Column;
import io.kappa.common.table.Table;
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

  private record Ride(String town, long day, long trips, String note) {

    static final Table<Ride> TABLE =
        Table.named("rides", Ride.class, "Trips")
            .key(Column.text("town", Ride::town, "where"))
            .key(Column.bigint("day", Ride::day, "when"))
            .column(Column.bigint("trips", Ride::trips, "how many"))
            .column(Column.text("note", Ride::note, "what was special"))
            .build();

    String key() {
      return town + "|" + day;
    }

    String text() {
      return key() + "|" + trips + "|" + (note == null ? "none" : note);
    }
  }

  private record Done(Ride ride, boolean deleted) {}

  /** An operator's instance, which numbers its rows. */
  private final class Owner {

    private final long id = ++owners;
    private long number;
    private List<Chunk> chunks = new ArrayList<>();

    void stage(List<Done> changes) throws IOException {
      Chunk made = encode(changes);
      staging.put(made, Ride.TABLE.shape());
      chunks.add(Chunk.staged("rides", id, made.upserts(), made.deletes(), made.from(), made.to()));
    }

    void send(List<Done> changes) {
      if (!changes.isEmpty()) {
        chunks.add(encode(changes));
      }
    }

    private Chunk encode(List<Done> changes) {
      CopyTuples<Ride> tuples = new CopyTuples<>(Ride.TABLE);
      long from = number;
      for (Done change : changes) {
        tuples.add(change.ride(), id, number++, checkpoint, change.deleted());
      }
      long deletes = changes.stream().filter(Done::deleted).count();
      return Chunk.rows(
          "rides", id, changes.size() - deletes, deletes, from, number - 1, tuples.take());
    }

    List<Chunk> take() {
      List<Chunk> taken = chunks;
      chunks = new ArrayList<>();
      return taken;
    }
  }

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

  private void commit(Owner... ofBatch) throws SQLException, IOException {
    List<Chunk> chunks = new ArrayList<>();
    for (Owner owner : ofBatch) {
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
    Owner left = new Owner();
    Owner right = new Owner();
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

  private static void change(Random random, Owner owner, String side, Map<String, String> expected)
      throws IOException {
    int staged = random.nextInt(3);
    for (int chunk = 0; chunk <= staged; chunk++) {
      Map<String, Done> changes = new TreeMap<>();
      for (int i = random.nextInt(20); i > 0; i--) {
        Ride ride =
            new Ride(
                side + random.nextInt(3),
                random.nextInt(10),
                random.nextInt(1000),
                random.nextBoolean() ? null : "rain");
        changes.put(ride.key(), new Done(ride, random.nextInt(4) == 0));
      }
      changes.forEach(
          (key, done) -> {
            if (done.deleted()) {
              expected.remove(key);
            } else {
              expected.put(key, done.ride().text());
            }
          });
      if (chunk < staged && !changes.isEmpty()) {
        owner.stage(List.copyOf(changes.values()));
      } else {
        owner.send(List.copyOf(changes.values()));
      }
    }
  }

  @Test
  void itIsSettledOnceAndKeepsItsKeyAndItsRights() throws Exception {
    Owner owner = new Owner();
    owner.send(List.of(set(1)));
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
    Owner one = new Owner();
    Owner other = new Owner();
    one.send(List.of(set(1)));
    other.stage(List.of(set(1)));
    commit(one, other);

    assertThatExceptionOfType(LedgerConflictException.class)
        .isThrownBy(this::settle)
        .withMessageStartingWith("Two subtasks changed the same row of rides");
    assertThat(store.rows("kappa_job", ROWS)).isEmpty();
  }

  @Test
  void committedRowsThatAreGoneAreMissed() throws Exception {
    Owner owner = new Owner();
    owner.stage(List.of(set(1), set(2)));
    owner.send(List.of(set(3)));
    commit(owner);
    store.run("kappa_job", "DELETE FROM activity_metrics_v1._staging_rides WHERE day = 2");

    assertThatExceptionOfType(LedgerConflictException.class)
        .isThrownBy(this::settle)
        .withMessageStartingWith("1 of 3 staged rows of rides are gone");
    assertThat(store.rows("kappa_job", ROWS)).isEmpty();
  }

  private static Done set(long day) {
    return new Done(new Ride("a", day, 1, null), false);
  }
}
