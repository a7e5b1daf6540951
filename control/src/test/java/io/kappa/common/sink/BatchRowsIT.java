package io.kappa.common.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kappa.common.table.Identifier;
import io.kappa.common.table.TableSql;
import io.kappa.control.TestStore;
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

class BatchRowsIT {

  @RegisterExtension static final LocalStack STACK = LocalStack.brokerAndStore();

  private static final String SCHEMA = "rides_v1";
  private static final String ROWS =
      "SELECT town, day, trips, coalesce(note, 'none') FROM rides_v1.rides ORDER BY 1, 2";
  private static final String STAGED = "SELECT count(*) FROM rides_v1._staging_rides";

  private TestStore store;
  private Connection connection;
  private BatchRows rows;
  private Staging staging;
  private long checkpoint;

  @BeforeEach
  void table() throws Exception {
    store = TestStore.in(STACK.freshDatabase());
    store.run(
        "kappa_owner",
        "CREATE SCHEMA rides_v1",
        "GRANT USAGE, CREATE ON SCHEMA rides_v1 TO kappa_job");
    for (String sql : new TableSql(new Identifier(SCHEMA), Ride.TABLE.shape()).create()) {
      store.run("kappa_owner", sql);
    }
    store.run("kappa_owner", "GRANT SELECT, INSERT, UPDATE, DELETE ON rides_v1.rides TO kappa_job");
    StoreAddress address =
        new StoreAddress(
            store.database().jdbcUrl(),
            "kappa_job",
            store.database().secrets().resolve("kappa_job.password").toString());
    connection = address.connect("rides");
    connection.setAutoCommit(false);
    rows = new BatchRows(SCHEMA, List.of(Ride.TABLE.shape()));
    rows.open(connection);
    staging = new Staging(address, SCHEMA, "staging of rides");
    checkpoint = 0;
  }

  @AfterEach
  void close() throws SQLException {
    staging.close();
    connection.close();
  }

  private RideOwner owner(long id) {
    return new RideOwner(id, staging, () -> checkpoint);
  }

  private void commit(RideOwner... owners) throws SQLException, IOException {
    List<Chunk> chunks = new ArrayList<>();
    for (RideOwner owner : owners) {
      chunks.addAll(owner.take());
    }
    checkpoint++;
    try {
      rows.apply(connection, new Batch(checkpoint, Link.fresh(1), Link.START, chunks));
      connection.commit();
    } catch (RuntimeException | SQLException e) {
      connection.rollback();
      throw e;
    }
  }

  @Test
  void theLastChangeOfEachKeyCountsHoweverItCame() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Map<String, String> expected = new TreeMap<>();
    List<RideOwner> owners = List.of(owner(-7), owner(9));

    for (int batch = 0; batch < 25; batch++) {
      for (RideOwner owner : owners) {
        int staged = random.nextInt(3);
        for (int chunk = 0; chunk <= staged; chunk++) {
          Map<String, Ride> upserts = new TreeMap<>();
          Map<String, Ride> deletes = new TreeMap<>();
          for (int i = random.nextInt(20); i > 0; i--) {
            Ride ride = ride(random, owner);
            upserts.remove(ride.key());
            deletes.remove(ride.key());
            (random.nextInt(4) == 0 ? deletes : upserts).put(ride.key(), ride);
          }
          upserts.forEach((key, ride) -> expected.put(key, ride.text()));
          deletes.keySet().forEach(expected::remove);
          List<Ride> set = List.copyOf(upserts.values());
          List<Ride> gone = List.copyOf(deletes.values());
          if (chunk < staged) {
            owner.stage(set, gone);
          } else {
            owner.send(set, gone);
          }
        }
      }
      commit(owners.get(0), owners.get(1));

      assertThat(store.rows("kappa_job", ROWS))
          .as("batch %d of seed %d", batch, seed)
          .containsExactlyInAnyOrderElementsOf(expected.values());
    }
    assertThat(store.rows("kappa_job", STAGED)).as("seed %d", seed).containsExactly("0");
  }

  private static Ride ride(Random random, RideOwner owner) {
    String town = (owner.isLeft() ? "left" : "right") + random.nextInt(3);
    return new Ride(
        town, random.nextInt(10), random.nextInt(1000), random.nextBoolean() ? null : "rain");
  }

  @Test
  void whatIsStagedForTheNextBatchStays() throws Exception {
    RideOwner owner = owner(1);
    owner.stage(List.of(new Ride("a", 1, 1, null)), List.of());
    List<Chunk> first = owner.take();
    checkpoint = 1;
    owner.stage(List.of(new Ride("a", 1, 2, null), new Ride("b", 1, 1, null)), List.of());

    rows.apply(connection, new Batch(1, Link.fresh(1), Link.START, first));
    connection.commit();

    assertThat(store.rows("kappa_job", ROWS)).containsExactly("a|1|1|none");
    commit(owner);
    assertThat(store.rows("kappa_job", ROWS)).containsExactly("a|1|2|none", "b|1|1|none");
  }

  @Test
  void aRowThatTwoSubtasksChangeIsRefusedWhetherItIsThereOrNot() throws Exception {
    Ride ride = new Ride("a", 1, 1, null);
    requireRefusal(ride);
    RideOwner alone = owner(3);
    alone.send(List.of(ride), List.of());
    commit(alone);
    requireRefusal(ride);
    assertThat(store.rows("kappa_job", ROWS)).containsExactly("a|1|1|none");
  }

  private void requireRefusal(Ride ride) throws IOException {
    for (boolean isStaged : List.of(false, true)) {
      RideOwner one = owner(1);
      RideOwner other = owner(2);
      one.send(List.of(ride), List.of());
      if (isStaged) {
        other.stage(List.of(ride), List.of());
      } else {
        other.send(List.of(ride), List.of());
      }

      assertThatExceptionOfType(LedgerConflictException.class)
          .isThrownBy(() -> commit(one, other))
          .withMessageStartingWith("Two subtasks changed the same row of rides");
    }
  }

  @Test
  void stagedRowsThatAreGoneAreMissed() throws Exception {
    RideOwner owner = owner(1);
    owner.stage(List.of(new Ride("a", 1, 1, null), new Ride("b", 1, 1, null)), List.of());
    store.run("kappa_job", "DELETE FROM rides_v1._staging_rides WHERE town = 'b'");

    assertThatExceptionOfType(LedgerConflictException.class)
        .isThrownBy(() -> commit(owner))
        .withMessageStartingWith("1 of 2 staged rows of rides are gone");
    assertThat(store.rows("kappa_job", ROWS)).isEmpty();
  }
}
