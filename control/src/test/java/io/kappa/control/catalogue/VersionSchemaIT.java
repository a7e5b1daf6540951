package io.kappa.control.catalogue;

import static io.kappa.control.TestStore.ITEMS;
import static io.kappa.control.TestStore.JOB;
import static io.kappa.control.TestStore.V1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kappa.common.table.Identifier;
import io.kappa.control.TestStore;
import io.kappa.control.catalogue.ContractViews.Attached;
import io.kappa.control.version.Pointer;
import io.kappa.control.version.VersionName;
import io.kappa.local.junit.LocalStack;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionSchemaIT {

  @RegisterExtension static final LocalStack STACK = LocalStack.brokerAndStore();

  private static final String ROW =
      "INSERT INTO activity_metrics_v1.items VALUES ('a', 3, '2026-01-01T00:00:00Z')";

  private TestStore store;
  private VersionSchema schemas;

  @BeforeEach
  void firstVersion() {
    store = TestStore.in(STACK.freshDatabase());
    schemas = new VersionSchema(store.owner());
    store.insert(TestStore.version("activity"));
    schemas.createFirst(V1, List.of(ITEMS));
  }

  @Test
  void whatTheJobWritesReadersSeeThroughTheView() throws Exception {
    store.run("kappa_job", ROW);

    assertThat(store.rows("kappa_reader", "SELECT id, n FROM activity_metrics.items"))
        .containsExactly("a|3");
  }

  @Test
  void theFirstVersionIsTheOneThatReadersSee() {
    assertThat(new Versions(store.owner()).snapshot().pointers())
        .isEqualTo(Map.of(JOB.value(), new Pointer(OptionalInt.of(1), 1)));
  }

  @Test
  void madeAgainItStaysAsItIs() throws Exception {
    store.run("kappa_job", ROW);

    schemas.createFirst(V1, List.of(ITEMS));

    assertThat(schemas.exists(V1)).isTrue();
    assertThat(store.rows("kappa_reader", "SELECT id, n FROM activity_metrics.items"))
        .containsExactly("a|3");
  }

  @Test
  void madeByTwoAtOnceItIsMadeOnce() {
    TestStore other = TestStore.in(STACK.freshDatabase());
    VersionSchema both = new VersionSchema(other.owner());

    CompletableFuture<Void> one =
        CompletableFuture.runAsync(() -> both.createFirst(V1, List.of(ITEMS)));
    CompletableFuture<Void> two =
        CompletableFuture.runAsync(() -> both.createFirst(V1, List.of(ITEMS)));

    assertThat(CompletableFuture.allOf(one, two)).succeedsWithin(Duration.ofSeconds(30));
    assertThat(both.exists(V1)).isTrue();
  }

  @Test
  void commentsAreOnTheViewsToo() throws Exception {
    assertThat(
            store.rows(
                "kappa_reader",
                """
                SELECT coalesce(a.attname, ''), d.description
                  FROM pg_description d
                  LEFT JOIN pg_attribute a ON a.attrelid = d.objoid AND a.attnum = d.objsubid
                       AND d.objsubid > 0
                 WHERE d.objoid = 'activity_metrics.items'::regclass ORDER BY d.objsubid
                """))
        .containsExactly(
            "|what was done with items",
            "id|which item",
            "n|how many events",
            "seen_at|the last one");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "kappa_reader; SELECT * FROM activity_metrics_v1.items; 42501",
        "kappa_reader; SELECT * FROM kappa.pointer; 42501",
        "kappa_reader; SELECT * FROM kappa.ledger; 42501",
        "kappa_reader; INSERT INTO activity_metrics.items VALUES ('a', 1, now()); 55000",
        "kappa_reader; CREATE TABLE activity_metrics.x (a int); 25006",
        "kappa_job; UPDATE kappa.pointer SET live = 2; 42501",
        "kappa_job; UPDATE kappa.version SET phase = 'LIVE'; 42501",
        "kappa_job; INSERT INTO kappa.audit (actor, job, event) VALUES ('a', 'b', 'c'); 42501",
        "kappa_job; INSERT INTO kappa.ledger VALUES ('a', 1); 42501",
        "kappa_job; DELETE FROM kappa.ledger; 42501",
        "kappa_job; DROP TABLE activity_metrics_v1.items; 42501",
        "kappa_job; CREATE OR REPLACE VIEW activity_metrics.items AS SELECT 1; 42501",
        "kappa_job; CREATE SCHEMA other; 42501"
      })
  void aRoleCanDoNoMoreThanItsWork(String role, String statement, String state) {
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> store.run(role, statement))
        .extracting(SQLException::getSQLState)
        .isEqualTo(state);
  }

  @Test
  void aReaderThatTurnsReadOnlyOffStillCannotWrite() {
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(
            () ->
                store.run(
                    "kappa_reader",
                    "SET default_transaction_read_only = off",
                    "DELETE FROM activity_metrics.items"))
        .extracting(SQLException::getSQLState)
        .isEqualTo("55000");
  }

  @Test
  void aJobMakesAndDropsStagingTablesInItsOwnSchema() throws Exception {
    store.run(
        "kappa_job",
        "CREATE TABLE activity_metrics_v1.staging_1 (a int)",
        "DROP TABLE activity_metrics_v1.staging_1");

    assertThat(store.rows("kappa_job", "SELECT to_regclass('activity_metrics_v1.staging_1')"))
        .containsExactly("null");
  }

  @Test
  void ofTwoVersionsOnlyThePointersBranchIsExecuted() throws Exception {
    store.run("kappa_job", ROW);
    attachAHandMadeSecondVersion();

    assertThat(neverExecuted()).containsExactly("Seq Scan on items items_2");
    assertThat(store.rows("kappa_reader", "SELECT id, n FROM activity_metrics.items"))
        .containsExactly("a|3");

    store.run("kappa_owner", "UPDATE kappa.pointer SET live = 2, generation = 2");

    assertThat(neverExecuted()).containsExactly("Seq Scan on items items_1");
    assertThat(store.rows("kappa_reader", "SELECT id, n FROM activity_metrics.items"))
        .containsExactly("b|4");
  }

  @Test
  void aCandidatesTablesAreTheJobsToFillAndReadersDoNotSeeThem() throws Exception {
    VersionName second = new VersionName(JOB, 2);

    schemas.createOwn(second, List.of(ITEMS));
    schemas.createOwn(second, List.of(ITEMS));

    store.run("kappa_job", "INSERT INTO activity_metrics_v2.items VALUES ('b', 4, now())");
    assertThat(schemas.exists(second)).isTrue();
    assertThat(store.rows("kappa_reader", "SELECT * FROM activity_metrics.items")).isEmpty();
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> store.rows("kappa_reader", "SELECT * FROM activity_metrics_v2.items"))
        .extracting(SQLException::getSQLState)
        .isEqualTo("42501");
  }

  private void attachAHandMadeSecondVersion() throws SQLException {
    Identifier first = new Identifier("activity_metrics_v1");
    Identifier second = new Identifier("activity_metrics_v2");
    store.run(
        "kappa_owner",
        "CREATE SCHEMA activity_metrics_v2",
        "CREATE TABLE activity_metrics_v2.items (LIKE activity_metrics_v1.items)",
        "INSERT INTO activity_metrics_v2.items VALUES ('b', 4, now())");
    List<Attached> both =
        List.of(new Attached(1, first, List.of(ITEMS)), new Attached(2, second, List.of(ITEMS)));
    store.run(
        "kappa_owner", new ContractViews(JOB, both, List.of()).views().toArray(String[]::new));
  }

  /** The scans of a query on the view that PostgreSQL planned and left out. */
  private List<String> neverExecuted() throws SQLException {
    return store
        .rows("kappa_owner", "EXPLAIN (ANALYZE, COSTS OFF) SELECT * FROM activity_metrics.items")
        .stream()
        .filter(line -> line.contains("Scan on items") && line.contains("(never executed)"))
        .map(line -> line.replace("(never executed)", "").replace("->", "").strip())
        .toList();
  }
}
