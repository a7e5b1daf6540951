package io.kappa.control.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.tuple;

import io.kappa.control.Refusal;
import io.kappa.control.TestStore;
import io.kappa.control.version.Ledger;
import io.kappa.control.version.Phase;
import io.kappa.control.version.Run;
import io.kappa.control.version.Tally;
import io.kappa.control.version.Version;
import io.kappa.local.junit.LocalStack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class CatalogueIT {

  @RegisterExtension static final LocalStack STACK = LocalStack.brokerAndStore();

  private static final Version VERSION = TestStore.version("activity");

  private static final String SOMEBODY_WAITS =
      "SELECT count(*) > 0 FROM pg_locks"
          + " WHERE NOT granted AND transactionid = pg_current_xact_id()::xid";

  private TestStore store;
  private Versions versions;

  @BeforeEach
  void catalogue() {
    store = TestStore.in(STACK.freshDatabase());
    versions = new Versions(store.owner());
  }

  @Test
  void aMigrationGivenAgainChangesNothing() throws Exception {
    String history = "SELECT version, installed_on FROM kappa.flyway_schema_history ORDER BY 1";
    List<String> before = store.rows("kappa_owner", history);

    new Migration(store.owner()).run();

    assertThat(store.rows("kappa_owner", history)).isEqualTo(before).isNotEmpty();
  }

  @Test
  void aVersionIsReadBackAsItWasWrittenWithItsLedgerAtTheStart() {
    assertThat(store.insert(VERSION)).isTrue();

    Entry entry = versions.snapshot().of(TestStore.V1).orElseThrow();

    assertThat(entry.version())
        .usingRecursiveComparison()
        .ignoringFields("createdAt")
        .isEqualTo(VERSION);
    assertThat(entry.ledger())
        .isEqualTo(new Ledger(0, "", 0, VERSION.start(), Tally.NONE, Optional.empty()));
    assertThat(entry.runs()).isEmpty();
  }

  @Test
  void eachPartitionsCountsBeginAtNothing() throws Exception {
    store.insert(VERSION);

    String none = "{\"gaps\": 0, \"applied\": 0, \"filtered\": 0, \"quarantined\": 0}";
    assertThat(store.rows("kappa_job", "SELECT counts, link FROM kappa.ledger"))
        .containsExactly("{\"activity\": {\"0\": %s, \"1\": %s}}|".formatted(none, none));
  }

  @Test
  void aVersionIsWrittenOnce() {
    store.insert(VERSION);

    assertThat(store.insert(VERSION)).isFalse();
    assertThat(new AuditTrail(store.owner()).of(TestStore.JOB))
        .extracting(AuditTrail.Entry::actor)
        .containsExactly("ann");
  }

  @Test
  void whatWasHandedInIsNotedWithTheNewestRunAndInTheAuditTrail() throws Exception {
    store.insert(VERSION);
    store.run(
        "kappa_job",
        "INSERT INTO kappa.run (job, version, generation, token)"
            + " VALUES ('activity-metrics', 1, 1, gen_random_uuid()),"
            + " ('activity-metrics', 1, 2, gen_random_uuid())");

    versions.noteSubmitted(TestStore.V1, "abc", "bob", Map.of("flinkJob", "abc"));

    assertThat(versions.snapshot().of(TestStore.V1).orElseThrow().runs())
        .extracting(Run::generation, Run::engineJob)
        .containsExactly(tuple(1L, Optional.empty()), tuple(2L, Optional.of("abc")));
    assertThat(new AuditTrail(store.owner()).of(TestStore.JOB))
        .extracting(AuditTrail.Entry::actor, AuditTrail.Entry::version, AuditTrail.Entry::event)
        .containsExactly(
            tuple("ann", OptionalInt.of(1), "created"),
            tuple("bob", OptionalInt.of(1), "submitted"));
  }

  @Test
  void whoseStepTookLongerThanTheLeaseHasItStillBehindTheStep() {
    store.insert(VERSION);
    Leases leases = new Leases(store.owner());
    Lease ann = leases.take(TestStore.V1, "ann").orElseThrow();
    Transitions transitions = new Transitions(store.owner());
    Phase phase = versions.snapshot().of(TestStore.V1).orElseThrow().version().phase();

    transitions.within(ann, phase, CatalogueIT::passesATerm);
    assertThat(leases.take(TestStore.V1, "bob")).isEmpty();
    transitions.move(ann, phase, phase, CatalogueIT::passesATerm);
    assertThat(leases.take(TestStore.V1, "bob")).isEmpty();
    transitions.move(ann, phase, phase, "stayed", Map.of(), CatalogueIT::passesATerm);
    assertThat(leases.take(TestStore.V1, "bob")).isEmpty();
    assertThat(leases.holder(TestStore.V1)).contains("ann");
  }

  @Test
  void aRenewalThatWaitedForAStepCountsFromItsEnd() throws Exception {
    store.insert(VERSION);
    Leases leases = new Leases(store.owner());
    Lease ann = leases.take(TestStore.V1, "ann").orElseThrow();
    Phase phase = versions.snapshot().of(TestStore.V1).orElseThrow().version().phase();
    long term = Leases.TERM.toMillis();
    AtomicReference<CompletableFuture<Boolean>> renewal = new AtomicReference<>();
    AtomicReference<String> end = new AtomicReference<>();

    new Transitions(store.owner())
        .within(
            ann,
            phase,
            connection -> {
              renewal.set(CompletableFuture.supplyAsync(() -> leases.renew(ann)));
              try (Statement statement = connection.createStatement()) {
                while (one(statement, SOMEBODY_WAITS).equals("f")) {
                  assertThat(renewal.get()).isNotDone();
                }
                end.set(
                    one(statement, "SELECT clock_timestamp() + interval '%d ms'".formatted(term)));
              }
            });

    assertThat(renewal.get().get(1, TimeUnit.MINUTES)).isTrue();
    assertThat(
            store.rows("kappa_owner", "SELECT until >= '%s' FROM kappa.lease".formatted(end.get())))
        .containsExactly("t");
  }

  @Test
  void aLeaseThatSomebodyElseHadMeanwhileIsNotRenewed() throws Exception {
    store.insert(VERSION);
    Leases leases = new Leases(store.owner());
    Lease ann = leases.take(TestStore.V1, "ann").orElseThrow();
    store.run("kappa_owner", "UPDATE kappa.lease SET until = clock_timestamp() - interval '1 ms'");
    assertThat(leases.renew(ann)).as("nobody had it").isTrue();
    store.run("kappa_owner", "UPDATE kappa.lease SET until = clock_timestamp() - interval '1 ms'");

    Lease bob = leases.take(TestStore.V1, "bob").orElseThrow();
    assertThat(leases.renew(ann)).as("Bob has it").isFalse();
    leases.release(bob);
    assertThat(leases.renew(ann)).as("Bob gave it back, and what Ann saw is old").isFalse();

    assertThat(leases.holder(TestStore.V1)).isEmpty();
    Phase phase = versions.snapshot().of(TestStore.V1).orElseThrow().version().phase();
    assertThatExceptionOfType(LeaseLost.class)
        .isThrownBy(
            () ->
                new Transitions(store.owner())
                    .within(ann, phase, connection -> fail("she may not take a step")));
  }

  private static String one(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  private static void passesATerm(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("UPDATE kappa.lease SET until = clock_timestamp() - interval '1 ms'");
    }
  }

  @Test
  void aVersionIsHandedInByOneCommandAtATime() {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(
            () ->
                versions.whileSubmitting(
                    TestStore.V1, () -> versions.whileSubmitting(TestStore.V1, () -> "twice")))
        .withMessage("Another command is handing activity-metrics v1 in right now");
    assertThat(versions.<String>whileSubmitting(TestStore.V1, () -> "later")).isEqualTo("later");
  }

  @Test
  void aStoreThatIsAwayIsNamedWithWhatToDo() throws IOException {
    int nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = socket.getLocalPort();
    }
    Store away =
        new Store(
            "jdbc:postgresql://127.0.0.1:%d/kappa".formatted(nobody),
            "kappa_owner",
            store.database().secrets().resolve("kappa_owner.password"));

    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> new Versions(away).snapshot())
        .withMessage("PostgreSQL at 127.0.0.1:%d/kappa doesn't answer: Connection refused", nobody)
        .extracting(Refusal::remedy)
        .isEqualTo("./kappa up starts it again");
  }

  @Test
  void aWrongPasswordIsNamedWithWhatToDo(@TempDir Path directory) throws IOException {
    Path wrong = Files.writeString(directory.resolve("password"), "wrong");
    Store refused = new Store(store.owner().url(), "kappa_owner", wrong);

    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> new Migration(refused).run())
        .withMessageContaining("refuses: password authentication failed for user \"kappa_owner\"")
        .extracting(Refusal::remedy)
        .isEqualTo("its password file and its roles differ; ./kappa up sets both");
  }

  @Test
  void aStoreWithoutACatalogueIsNamedWithWhatToDo() {
    TestStore empty = new TestStore(STACK.freshDatabase());

    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> new Versions(empty.owner()).snapshot())
        .extracting(Refusal::remedy)
        .isEqualTo("the catalogue isn't there yet: ./kappa up makes it");
  }
}
