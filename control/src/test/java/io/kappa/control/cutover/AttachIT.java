package io.kappa.control.cutover;

import static io.kappa.control.TestStore.ITEMS;
import static io.kappa.control.TestStore.JOB;
import static io.kappa.control.TestStore.V1;
import static io.kappa.control.cutover.Versioned.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.kappa.common.table.SqlType;
import io.kappa.common.table.TableShape;
import io.kappa.common.table.TableShape.ColumnShape;
import io.kappa.control.Refusal;
import io.kappa.control.TestStore;
import io.kappa.control.catalogue.Contract;
import io.kappa.control.catalogue.Contracts;
import io.kappa.control.cutover.Intent.Way;
import io.kappa.control.version.Phase;
import io.kappa.local.junit.LocalStack;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Versions come into the contract views and go from them, while readers use them. */
class AttachIT {

  @RegisterExtension static final LocalStack STACK = LocalStack.brokerAndStore();

  private static final Duration SHORT = Duration.ofMillis(300);
  private static final ColumnShape DAY = new ColumnShape("day", SqlType.DATE, false, "it's when");
  private static final ColumnShape COUNT = new ColumnShape("n", SqlType.BIGINT, false, "how many");
  private static final TableShape WIDER =
      new TableShape(
          "items",
          ITEMS.comment(),
          List.of(ITEMS.columns().get(0), DAY, ITEMS.columns().get(1), ITEMS.columns().get(2)));
  private static final TableShape DAYS =
      new TableShape(
          "days", "by day", List.of(new ColumnShape("day", SqlType.DATE, true, "when"), COUNT));
  private static final String COLUMNS =
      """
      SELECT string_agg(attname, ',' ORDER BY attnum) FROM pg_attribute
       WHERE attrelid = to_regclass('activity_metrics.%s') AND attnum > 0
      """;

  private TestStore store;
  private Versioned versions;

  @BeforeEach
  void firstVersion() throws SQLException {
    store = TestStore.in(STACK.freshDatabase());
    versions = Versioned.in(store);
    versions.row(1, "a", 3);
  }

  private List<String> read(String query) throws SQLException {
    return store.rows("kappa_reader", query);
  }

  private void cutOver() {
    Switch change = new Switch(store.owner(), (candidate, live) -> Optional.empty(), "ann");
    change.make(change.look(JOB, Way.CUT_OVER), Optional.empty(), Versioned.PATIENCE);
  }

  private Connection repeatableReader() throws SQLException {
    Connection reader = store.database().connect("kappa_reader");
    reader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    reader.setAutoCommit(false);
    return reader;
  }

  private static int count(Connection reader, String query) throws SQLException {
    try (Statement statement = reader.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      int count = 0;
      while (rows.next()) {
        count++;
      }
      return count;
    }
  }

  @Test
  void theOldVersionShowsNullWhereTheNewOneHasAColumnMore() throws Exception {
    versions.with(2, Phase.READY, List.of(WIDER, DAYS));
    store.run(
        "kappa_job", "INSERT INTO activity_metrics_v2.items VALUES ('b', '2026-01-02', 4, now())");

    assertThat(read(COLUMNS.formatted("items"))).containsExactly("id,n,seen_at,day");
    assertThat(read("SELECT id, n, day FROM activity_metrics.items")).containsExactly("a|3|null");
    assertThat(read("SELECT * FROM activity_metrics.days")).isEmpty();

    cutOver();

    assertThat(read("SELECT id, n, day FROM activity_metrics.items"))
        .containsExactly("b|4|2026-01-02");
  }

  @Test
  void theOrderOfColumnsStaysWhenTheVersionThatBroughtThemGoes() throws Exception {
    versions.with(2, Phase.READY, List.of(WIDER, DAYS));
    store.run(
        "kappa_job", "INSERT INTO activity_metrics_v2.items VALUES ('b', '2026-01-02', 4, now())");
    cutOver();

    versions.detach(1);

    assertThat(read(COLUMNS.formatted("items"))).containsExactly("id,n,seen_at,day");
    assertThat(read("SELECT id, n, day FROM activity_metrics.items"))
        .containsExactly("b|4|2026-01-02");
    assertThat(new Removal(store.owner(), "ann").drop(V1)).isEmpty();
    assertThat(read("SELECT id FROM activity_metrics.items")).containsExactly("b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM activity_metrics.items",
        "SELECT count(*) FROM activity_metrics.items",
        "SELECT * FROM activity_metrics.items WHERE id = 'a'",
        "SELECT * FROM activity_metrics.items WHERE id IS NOT NULL AND n > 1 ORDER BY id LIMIT 1",
        "SELECT * FROM (VALUES ('a')) x (id) JOIN activity_metrics.items USING (id)",
        "SELECT 1 WHERE EXISTS (SELECT FROM activity_metrics.items WHERE id = 'a')"
      })
  void anOldSnapshotIsToldThatItsVersionIsGoneInsteadOfNothing(String query) throws Exception {
    versions.with(2, Phase.READY);
    versions.row(2, "a", 3);
    try (Connection reader = repeatableReader()) {
      count(reader, "SELECT * FROM kappa.freshness");
      cutOver();
      versions.detach(1);

      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> count(reader, query))
          .withMessageContaining(
              "the version of activity-metrics that this transaction began with was detached")
          .withMessageContaining("begin a new transaction");
      reader.rollback();
      assertThat(count(reader, query)).isEqualTo(1);
    }
  }

  @Test
  void anOldSnapshotReadsOnAsLongAsItsVersionIsAttached() throws Exception {
    versions.with(2, Phase.READY);
    versions.row(2, "b", 4);
    try (Connection reader = repeatableReader()) {
      count(reader, "SELECT * FROM kappa.freshness");
      cutOver();

      assertThat(count(reader, "SELECT * FROM activity_metrics.items WHERE id = 'a'")).isOne();
      assertThat(count(reader, "SELECT * FROM activity_metrics.items WHERE id = 'b'")).isZero();
    }
    assertThat(read("SELECT id FROM activity_metrics.items")).containsExactly("b");
  }

  @Test
  void onlyThePointersBranchIsExecutedAndTheLoudOneIsOnlyAskedOnce() throws Exception {
    versions.with(2, Phase.READY);

    List<String> plan =
        store.rows(
            "kappa_owner",
            "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, BUFFERS OFF, SUMMARY OFF)"
                + " SELECT * FROM activity_metrics.items WHERE n > 0");

    assertThat(plan)
        .filteredOn(line -> line.contains("Scan on items"))
        .anyMatch(line -> line.contains("items_1") && line.contains("actual rows=1"))
        .anyMatch(line -> line.contains("items_2") && line.contains("never executed"));
    assertThat(plan)
        .anyMatch(
            line -> line.contains("One-Time Filter: CASE") && line.contains("refuse_detached"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM activity_metrics.items WHERE id = '77'",
        "SELECT * FROM activity_metrics.items WHERE id > '5' ORDER BY id LIMIT 5"
      })
  void aViewIsReadByTheIndexesOfItsTables(String query) throws Exception {
    versions.with(2, Phase.READY);
    store.run(
        "kappa_owner",
        "INSERT INTO activity_metrics_v1.items SELECT i, i, now() FROM generate_series(1, 20000) i",
        "INSERT INTO activity_metrics_v2.items SELECT i, i, now() FROM generate_series(1, 20000) i",
        "ANALYZE activity_metrics_v1.items",
        "ANALYZE activity_metrics_v2.items");

    String plan = String.join("\n", store.rows("kappa_reader", "EXPLAIN " + query));

    assertThat(plan).contains("items_pkey").doesNotContain("Seq Scan on items");
  }

  @Test
  void aViewCanStillBeReadByWorkersInParallel() throws Exception {
    versions.with(2, Phase.READY);
    try (Connection reader = store.database().connect("kappa_reader");
        Statement statement = reader.createStatement()) {
      statement.execute("SET parallel_setup_cost = 0");
      statement.execute("SET parallel_tuple_cost = 0");
      statement.execute("SET min_parallel_table_scan_size = 0");
      statement.execute("SET max_parallel_workers_per_gather = 2");
      StringBuilder plan = new StringBuilder();
      try (ResultSet row =
          statement.executeQuery("EXPLAIN SELECT sum(n) FROM activity_metrics.items")) {
        while (row.next()) {
          plan.append(row.getString(1)).append('\n');
        }
      }
      assertThat(plan.toString()).contains("Gather");
    }
  }

  @Test
  void aReaderInTheWayIsNamedAndOthersAreNotHeldUp() throws Exception {
    versions.with(2, Phase.CREATED);
    Map<Integer, List<TableShape>> both = Map.of(1, List.of(ITEMS), 2, List.of(ITEMS));
    Contracts contracts = new Contracts(store.owner());
    try (Connection reader = repeatableReader();
        Stalls others = Stalls.of(store, "SELECT * FROM activity_metrics.items")) {
      count(reader, "SELECT * FROM activity_metrics.items");

      assertThatExceptionOfType(Refusal.class)
          .isThrownBy(() -> contracts.attach(name(2), both, SHORT))
          .withMessageMatching(
              "The views in schema activity_metrics are in use by .*process \\d+ \\(.*kappa_reader\\).*");
      assertThat(attached()).containsExactly("1|t", "2|f");

      reader.rollback();
      contracts.attach(name(2), both, Versioned.PATIENCE);

      assertThat(attached()).containsExactly("1|t", "2|t");
      System.out.println("readers beside an attach that waits: " + others.end());
    }
  }

  @Test
  void attachingAndDetachingAgainDoesNothing() throws Exception {
    versions.with(2, Phase.READY);
    Contracts contracts = new Contracts(store.owner());

    contracts.attach(name(2), Map.of(1, List.of(ITEMS), 2, List.of(ITEMS)), SHORT);
    contracts.detach(name(2), Map.of(1, List.of(ITEMS)), SHORT);
    contracts.detach(name(2), Map.of(1, List.of(ITEMS)), SHORT);

    assertThat(attached()).containsExactly("1|t", "2|f");
    assertThat(read("SELECT id FROM activity_metrics.items")).containsExactly("a");
  }

  private List<String> attached() throws SQLException {
    return store.rows(
        "kappa_owner", "SELECT version, attached FROM kappa.version ORDER BY version");
  }

  @Test
  void theLiveVersionIsNotDetached() {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> versions.detach(1))
        .withMessage("activity-metrics v1 is live: readers see it");
  }

  @Test
  void whatOnlyAnEndedCandidateHadGoesFromTheContractAndReadersKeepTheirRights() throws Exception {
    store.run("kappa_owner", "GRANT SELECT ON activity_metrics.items TO kappa_job");
    versions.with(2, Phase.READY, List.of(WIDER, DAYS));

    versions.detach(2);

    assertThat(read(COLUMNS.formatted("items"))).containsExactly("id,n,seen_at");
    assertThat(read(COLUMNS.formatted("days"))).containsExactly("null");
    assertThat(
            store.rows(
                "kappa_owner",
                "SELECT has_table_privilege('kappa_job', 'activity_metrics.items', 'SELECT'),"
                    + " has_table_privilege('kappa_reader', 'activity_metrics.items', 'SELECT')"))
        .containsExactly("t|t");
  }

  @Test
  void whatOthersHaveBuiltOnStaysAndIsEmpty() throws Exception {
    versions.with(2, Phase.READY, List.of(WIDER, DAYS));
    store.run(
        "kappa_owner",
        "CREATE SCHEMA reports",
        "CREATE VIEW reports.days AS SELECT day FROM activity_metrics.days",
        "CREATE VIEW reports.items AS SELECT id, day FROM activity_metrics.items");

    versions.detach(2);

    assertThat(store.rows("kappa_owner", "SELECT * FROM reports.days")).isEmpty();
    assertThat(store.rows("kappa_owner", "SELECT * FROM reports.items")).containsExactly("a|null");
  }

  @Test
  void theContractIsWhatTheViewsShowWithTheKeysOfTheirTables() {
    Contract contract = new Contracts(store.owner()).of(JOB);

    assertThat(contract.keys()).isEqualTo(Map.of("items", List.of("id")));
    assertThat(contract.tables())
        .extracting(TableShape::name, TableShape::comment)
        .containsExactly(tuple("items", ITEMS.comment()));
    assertThatCode(() -> contract.refuseIncompatible(name(2), List.of(WIDER, DAYS)))
        .doesNotThrowAnyException();
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> contract.refuseIncompatible(name(2), List.of(DAYS)))
        .withMessageEndingWith("table items is gone");
  }
}
