package io.kappa.control.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kappa.common.log.Stretch;
import io.kappa.common.sink.RunRegistration;
import io.kappa.common.sink.VersionPlan;
import io.kappa.local.junit.LocalStack;
import io.kappa.local.junit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which runs of a version get its ledger, and what they are told of their leg. */
class RunRegistrationIT {

  @RegisterExtension static final LocalStack stack = LocalStack.brokerAndStore();

  private static final String JOB = "activity-metrics";
  private static final Map<Integer, Long> START = Map.of(0, 0L, 1, 0L);
  private static final Map<Integer, Long> FENCE = Map.of(0, 7L, 1, 0L);

  private TestDatabase database;
  private String topic;
  private LegRows legs;
  private RunRegistration registration;

  @BeforeEach
  void createVersion() {
    database = stack.freshDatabase();
    topic = stack.freshTopic("activity", 2);
    legs = new LegRows(database, topic);
    registration = new RunRegistration(TestVersion.asJob(database, database.jdbcUrl()));
    TestVersion.create(
        database, stack.bootstrapServers(), new FlakyActivityMetrics(topic), Map.of());
  }

  @Test
  void theFirstLegIsToldItsFenceAndItsRate() throws Exception {
    legs.fence(FENCE);
    legs.rate(5_000);

    VersionPlan plan = register(false);

    assertThat(plan.leg().number()).isEqualTo(1);
    assertThat(plan.leg().stretch(topic)).isEqualTo(new Stretch(START, FENCE));
    assertThat(plan.rate()).isEqualTo(5_000);
  }

  @Test
  void theNewestLegIsTheOneThatIsRun() throws Exception {
    legs.fence(FENCE);
    ledgerIsAt(FENCE, "1/a");
    legs.next(FENCE);

    VersionPlan plan = register(true);

    assertThat(plan.leg().number()).isEqualTo(2);
    assertThat(plan.leg().stretch(topic)).isEqualTo(new Stretch(FENCE, Map.of()));
    assertThat(plan.pins().get(0).start()).isEqualTo(START);
    assertThat(legs.ofRuns()).containsExactly(2);
  }

  @Test
  void aLaterLegDoesNotBeginFromNothing() throws Exception {
    legs.next(START);

    assertThatThrownBy(() -> register(false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Leg 2 of version 1 of activity-metrics can't begin from nothing; give the savepoint of the leg before with -s, or replay into a new version with `kappa replay activity-metrics`");
    assertThat(legs.ofRuns()).isEmpty();
  }

  @Test
  void aLegDoesNotBeginBeyondWhatWasRead() throws Exception {
    ledgerIsAt(Map.of(0, 6L, 1, 0L), "1/a");
    legs.next(FENCE);

    assertThatThrownBy(() -> register(true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "Leg 2 of version 1 of activity-metrics begins at offset 7 of partition 0 of %s, and the version has only come to 6;"
                .formatted(topic));
  }

  @Test
  void aVersionWithoutALegIsNamed() throws Exception {
    legs.removeAll();

    assertThatThrownBy(() -> register(false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Version 1 of activity-metrics has no leg in the catalogue");
  }

  @Test
  void aVersionThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> registration.register(JOB, 2, false, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The catalogue has no version 2 of activity-metrics");
  }

  @Test
  void aSubmissionThatComesAfterACommitIsRefusedAndTakesNothingOver() throws Exception {
    ledgerIsAt(START, "1/b");

    assertThatThrownBy(() -> registration.register(JOB, 1, true, Optional.of("1/a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "The ledger has moved on since this was submitted: version 1 of activity-metrics was at '1/a' and is at '1/b'");
    assertThat(legs.ofRuns()).isEmpty();
  }

  @Test
  void aSubmissionThatSawTheLedgerAsItIsGetsIt() throws Exception {
    assertThat(registration.register(JOB, 1, false, Optional.of("")).run().generation())
        .isEqualTo(1);
    ledgerIsAt(START, "1/b");

    assertThat(registration.register(JOB, 1, true, Optional.of("1/b")).run().generation())
        .isEqualTo(2);
  }

  @Test
  void aVersionTakesTheBulkPathIfThatWasMadeForItAndNothingWasCommittedYet() throws Exception {
    register(false);
    assertThat(isBulk()).isFalse();

    run("CREATE TABLE activity_metrics_v1._bulk ()");
    register(false);
    assertThat(isBulk()).isTrue();

    run("UPDATE kappa.ledger SET bulk = false");
    ledgerIsAt(START, "2/a");
    register(true);
    assertThat(isBulk()).isFalse();
  }

  private boolean isBulk() throws SQLException {
    try (Connection connection = database.connect("kappa_owner");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT bulk FROM kappa.ledger")) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private void run(String sql) throws SQLException {
    try (Connection connection = database.connect("kappa_owner");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private VersionPlan register(boolean restored) throws SQLException {
    return registration.register(JOB, 1, restored, Optional.empty());
  }

  private void ledgerIsAt(Map<Integer, Long> frontier, String link) throws SQLException {
    String offsets = "{\"0\":%d,\"1\":%d}".formatted(frontier.get(0), frontier.get(1));
    try (Connection connection = database.connect("kappa_owner");
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "UPDATE kappa.ledger SET checkpoint_id = 1, link = '%s', frontier = '{\"%s\":%s}'"
              .formatted(link, topic, offsets));
    }
  }
}
