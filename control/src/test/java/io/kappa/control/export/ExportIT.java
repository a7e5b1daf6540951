package io.kappa.control.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.kappa.common.log.QuarantinedRecord;
import io.kappa.common.table.Identifier;
import io.kappa.common.table.SqlType;
import io.kappa.common.table.TableShape;
import io.kappa.common.table.TableShape.ColumnShape;
import io.kappa.control.Refusal;
import io.kappa.control.TestStore;
import io.kappa.control.catalogue.LiveTables;
import io.kappa.control.catalogue.VersionSchema;
import io.kappa.control.cutover.Versioned;
import io.kappa.control.version.Frontier;
import io.kappa.control.version.Phase;
import io.kappa.local.junit.LocalStack;
import io.kappa.local.junit.TestDatabase;
import io.kappa.local.postgres.Secrets;
import io.kappa.local.postgres.StoreSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables of a real store, taken out and read back. */
class ExportIT {

  @RegisterExtension static final LocalStack STACK = LocalStack.brokerAndStore();

  private static final Export.Progress NOBODY_WATCHES = (rows, total) -> {};

  /** Many times what is fetched at once. */
  private static final int MANY = 40_000;

  /** Rows that no order but the key's would give, with everything that a type can hold. */
  private static final String ROWS =
      """
      INSERT INTO activity_metrics_v1.everything
      SELECT CASE WHEN g %% 3 = 0 THEN 'Zebra' WHEN g %% 3 = 1 THEN 'apple' ELSE 'Äpfel' END
               || ' ' || md5(g::text),
             g %% 5, CASE WHEN g %% 7 > 0 THEN repeat(md5(g::text || 'w'), 1 + g %% 20) END,
             g * 1000003::bigint * CASE WHEN g %% 2 = 0 THEN 1 ELSE -1 END,
             g - %1$d, g %% 2 = 0, sin(g) * 10 ^ (g %% 300), to_timestamp(g * 86399.123457),
             DATE '1960-01-01' + g, decode(md5(g::text), 'hex'),
             CASE WHEN g %% 4 > 0 THEN jsonb_build_object('b', g, 'a', ARRAY['x', NULL, 'ü']) END
        FROM generate_series(0, %1$d - 1) g ORDER BY md5(g::text || 'o')
      """
          .formatted(MANY);

  private static final String ODD_ROWS =
      """
      INSERT INTO activity_metrics_v1.everything VALUES
        ('', 0, '', 0, 0, false, 'NaN', 'epoch', '1970-01-01', '', '{}'),
        (' ', 0, 'comma, "quote"'||chr(10), 9223372036854775807, -2147483648, true, 'Infinity',
         '2026-07-01T00:00:00.123456+02', '9999-12-31', '\\x00ff', 'null'),
        ('日本', 0, '🐢', -9223372036854775808, 2147483647, true, 5e-324,
         '0001-01-01 00:00:00+00', '0001-01-01', '\\xf09f90a2', '"x"'),
        ('z', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)
      """;

  @TempDir private Path directory;
  private TestStore store;

  @BeforeEach
  void emptyStore() throws SQLException {
    store = TestStore.in(STACK.freshDatabase());
  }

  private void oneVersion(TableShape... tables) {
    store.insert(TestStore.version("activity"));
    new VersionSchema(store.owner()).createFirst(TestStore.V1, List.of(tables));
  }

  private Manifest export(String table, String file) {
    return export(table, file, NOBODY_WATCHES);
  }

  private Manifest export(String table, String file, Export.Progress progress) {
    Path path = directory.resolve(file);
    return new Export(new LiveTables(store.owner()), "kappa test", progress)
        .write(
            TestStore.JOB,
            Optional.ofNullable(table),
            Format.of(path).orElseThrow(),
            new Destination(path, false));
  }

  private Refusal refused(String table) {
    return catchThrowableOfType(Refusal.class, () -> export(table, "refused.csv"));
  }

  private void commit(String rows, int zero, int one) throws SQLException {
    try (Connection connection = store.database().connect("kappa_job");
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(rows);
      statement.execute(
          "UPDATE kappa.ledger SET checkpoint_id = checkpoint_id + 1, committed_at = now(),"
              + " frontier = '{\"activity\": {\"0\": %d, \"1\": %d}}'".formatted(zero, one));
      connection.commit();
    }
  }

  private List<List<Object>> stored(TableShape table, String order) throws SQLException {
    try (Connection connection = store.database().connect("kappa_reader");
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT * FROM activity_metrics.%s ORDER BY %s".formatted(table.name(), order))) {
      List<List<Object>> rows = new ArrayList<>();
      while (row.next()) {
        rows.add(EveryType.values(row, table));
      }
      return rows;
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private static byte[] lines(String... lines) {
    return (String.join("\r\n", lines) + "\r\n").getBytes(UTF_8);
  }

  private static Frontier frontier(long zero, long one) {
    return Frontier.of(Map.of("activity", Map.of(0, zero, 1, one)));
  }

  private static String sha256(Path file) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    return HexFormat.of().formatHex(digest);
  }

  @Test
  void anIndependentReaderFindsTheRowsOfTheTableInTheOrderOfItsKey() throws Exception {
    oneVersion(EveryType.TABLE, QuarantinedRecord.TABLE.shape());
    commit(ROWS, 70, 80);
    commit(ODD_ROWS, 71, 80);

    Manifest manifest = export(null, "everything.parquet");

    Path file = directory.resolve("everything.parquet");
    List<List<Object>> rows = DuckDb.rows(file, EveryType.TABLE);
    assertThat(rows)
        .hasSize(MANY + 4)
        .isEqualTo(stored(EveryType.TABLE, "convert_to(id, 'UTF8'), part"));
    assertThat(manifest)
        .isEqualTo(
            new Manifest(
                "kappa test",
                manifest.version(),
                frontier(71, 80),
                EveryType.TABLE,
                MANY + 4,
                Format.PARQUET,
                sha256(file)));
    assertThat(manifest.version().name()).isEqualTo(TestStore.V1);
    assertThat(directory.resolve("everything.parquet.manifest.json")).hasContent(manifest.json());
    assertThat(names()).containsExactly("everything.parquet", "everything.parquet.manifest.json");
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void theSameStateGivesTheSameBytesAndTheSameManifest(Format format) throws Exception {
    oneVersion(EveryType.TABLE);
    commit(ODD_ROWS, 3, 4);
    String one = "one" + format.ending();
    String other = "other" + format.ending();

    export(null, one);
    commit("SELECT 1", 3, 4);
    export(null, other);

    assertThat(directory.resolve(other)).hasSameBinaryContentAs(directory.resolve(one));
    assertThat(directory.resolve(other + ".manifest.json"))
        .hasSameBinaryContentAs(directory.resolve(one + ".manifest.json"));
  }

  @Test
  void anotherVersionWithTheSameRowsGivesTheSameBytes() throws Exception {
    Versioned versions = Versioned.in(store).with(2, Phase.READY);
    for (String id : List.of("b", "a", "ä", "B")) {
      versions.row(1, id, 7);
    }
    for (String id : List.of("ä", "B", "a", "b")) {
      versions.row(2, id, 7);
    }

    Manifest first = export("items", "first.parquet");
    store.run("kappa_owner", "UPDATE kappa.pointer SET live = 2");
    Manifest second = export("items", "second.parquet");

    assertThat(first.version().name().number()).isEqualTo(1);
    assertThat(second.version().name().number()).isEqualTo(2);
    assertThat(second.sha256()).isEqualTo(first.sha256());
    assertThat(DuckDb.rows(directory.resolve("second.parquet"), TestStore.ITEMS))
        .extracting(row -> row.get(0))
        .containsExactly("B", "a", "b", "ä");
  }

  @Test
  void textsAreOrderedByTheirBytesAlsoWhereTheDatabaseOrdersThemByALanguage() throws Exception {
    store = TestStore.in(databaseInEnglish());
    assertThat(store.rows("kappa_owner", "SELECT 'a' < 'B'")).containsExactly("t");
    oneVersion(TestStore.ITEMS);
    commit("INSERT INTO activity_metrics_v1.items VALUES ('b'), ('a'), ('ä'), ('B')", 1, 1);

    export(null, "items.csv");

    assertThat(directory.resolve("items.csv"))
        .hasBinaryContent(lines("id,n,seen_at", "B,,", "a,,", "b,,", "ä,,"));
  }

  private static TestDatabase databaseInEnglish() throws SQLException {
    TestDatabase other = STACK.freshDatabase();
    Identifier name = new Identifier(other.name() + "_english");
    try (Connection connection = other.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE DATABASE %s OWNER kappa_owner TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en'"
              .formatted(name.quoted()));
    }
    StoreSetup setup = new StoreSetup(other.jdbcUrl(), new Secrets(other.secrets()));
    setup.create(name);
    return new TestDatabase(name.value(), setup.jdbcUrl(name), other.secrets());
  }

  @Test
  void whatIsCommittedMeanwhileIsNotInIt() throws Exception {
    oneVersion(TestStore.ITEMS);
    commit("INSERT INTO activity_metrics_v1.items VALUES ('b', 1), ('c', 1)", 2, 0);
    List<Long> reports = new ArrayList<>();

    Manifest manifest =
        export(
            null,
            "items.csv",
            (rows, total) -> {
              reports.add(rows);
              if (rows == 0) {
                commitUnchecked(
                    "WITH gone AS (DELETE FROM activity_metrics_v1.items WHERE id = 'c')"
                        + " INSERT INTO activity_metrics_v1.items VALUES ('a', 9)");
              }
            });

    assertThat(manifest.frontier()).isEqualTo(frontier(2, 0));
    assertThat(directory.resolve("items.csv"))
        .hasBinaryContent(lines("id,n,seen_at", "b,1,", "c,1,"));
    assertThat(reports).containsExactly(0L, 2L);
    assertThat(export(null, "later.csv").frontier()).isEqualTo(frontier(2, 9));
    assertThat(directory.resolve("later.csv"))
        .hasBinaryContent(lines("id,n,seen_at", "a,9,", "b,1,"));
  }

  private void commitUnchecked(String rows) {
    try {
      commit(rows, 2, 9);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aTableWithoutRowsIsTakenOutToo() throws Exception {
    oneVersion(EveryType.TABLE);

    Manifest manifest = export("everything", "empty.parquet");

    assertThat(manifest.rows()).isZero();
    assertThat(DuckDb.rows(directory.resolve("empty.parquet"), EveryType.TABLE)).isEmpty();
  }

  @Test
  void theQuarantineIsTakenOutIfItIsNamed() throws Exception {
    oneVersion(TestStore.ITEMS, QuarantinedRecord.TABLE.shape());
    commit(
        "INSERT INTO activity_metrics_v1.quarantine VALUES"
            + " ('activity', 1, 5, 'late', NULL, 'epoch', 2, '\\x6162')",
        6,
        6);

    export("quarantine", "quarantine.csv");

    assertThat(directory.resolve("quarantine.csv"))
        .hasBinaryContent(
            lines(
                "topic,partition,record_offset,reason,detail,recorded_at,size,bytes",
                "activity,1,5,late,,1970-01-01T00:00:00Z,2,\\x6162"));
  }

  @Test
  void aTableThatReadersMayNotSeeIsNotThere() throws Exception {
    oneVersion(TestStore.ITEMS);
    store.run(
        "kappa_job",
        "CREATE TABLE activity_metrics_v1.staging (id text PRIMARY KEY)",
        "INSERT INTO activity_metrics_v1.staging VALUES ('secret')");
    assertThat(refused("staging"))
        .hasMessage("There is no table of activity-metrics called staging");
    assertThat(refused("staging").remedy()).isEqualTo("there is items");
    store.run("kappa_owner", "REVOKE SELECT ON activity_metrics.items FROM kappa_reader");

    assertThat(refused("items")).hasMessage("There is no table of activity-metrics called items");

    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void whichOfSeveralTablesIsMeantIsAsked() {
    TableShape other =
        new TableShape(
            "others",
            "others",
            List.of(
                new ColumnShape("id", SqlType.TEXT, true, "which"),
                new ColumnShape("n", SqlType.BIGINT, false, "how many")));
    oneVersion(TestStore.ITEMS, other, QuarantinedRecord.TABLE.shape());

    Refusal refusal = refused(null);

    assertThat(refusal).hasMessage("activity-metrics v1 has 2 tables: items, others");
    assertThat(refusal.remedy()).isEqualTo("name one with --table");
    assertThat(refused("item").remedy())
        .isEqualTo("did you mean items? there is items, others, quarantine");
  }

  @Test
  void aJobWithoutALiveVersionIsRefused() throws Exception {
    oneVersion(TestStore.ITEMS);
    store.run("kappa_owner", "UPDATE kappa.pointer SET live = NULL");

    assertThat(refused(null))
        .hasMessage("No version of activity-metrics is live, so readers see no rows of it");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aTableThatHasNoKeyYetIsRefused() throws Exception {
    oneVersion(TestStore.ITEMS);
    store.run("kappa_owner", "ALTER TABLE activity_metrics_v1.items DROP CONSTRAINT items_pkey");

    assertThat(refused(null))
        .hasMessage("Table items of activity-metrics v1 has no primary key yet: it's being filled");
    assertThat(directory).isEmptyDirectory();
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void aDiskThatGetsFullLeavesNothing(Format format) throws Exception {
    oneVersion(EveryType.TABLE);
    commit(ROWS, 1, 1);
    int code = run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", directory);
    assumeThat(code).as("this user may mount a small disk").isZero();
    try {
      Refusal refusal =
          catchThrowableOfType(Refusal.class, () -> export(null, "all" + format.ending()));

      assertThat(refusal)
          .hasMessage(
              "%s can't be written: No space left on device"
                  .formatted(directory.resolve("all" + format.ending())));
      assertThat(directory).isEmptyDirectory();
    } finally {
      run("umount", "-l", directory);
    }
  }

  private static int run(Object... command) throws IOException, InterruptedException {
    List<String> words = Stream.of(command).map(Object::toString).toList();
    return new ProcessBuilder(words).inheritIO().start().waitFor();
  }
}
