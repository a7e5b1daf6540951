package io.kappa.control.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.kappa.local.junit.LocalStack;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A log or a store that isn't the one any more: the version stops, and what it served stays right.
 */
class LogChangedIT {

  @RegisterExtension static final LocalStack stack = LocalStack.brokerAndStore();

  @TempDir Path directory;
  private Setting setting;

  @BeforeEach
  void open() throws Exception {
    setting = new Setting(stack, directory, 7);
    setting.log().write(800);
    setting.createVersion();
  }

  @AfterEach
  void close() throws Exception {
    setting.close();
  }

  @Test
  void retentionThatTookWhatComesNextStopsTheVersion() throws Exception {
    try (Admin admin = admin()) {
      admin
          .deleteRecords(
              Map.of(new TopicPartition(setting.topic(), 2), RecordsToDelete.beforeOffset(100)))
          .all()
          .get();
    }

    JobID run = setting.launch(2, "hashmap", Optional.empty());

    assertThat(setting.stopped(run))
        .hasValueSatisfying(
            why ->
                assertThat(why)
                    .startsWith("FAILED")
                    .contains("doesn't have the records any more that come next")
                    .contains("kappa replay activity-metrics --accept-truncated-log"));
    // Other partitions may have been read and committed before anybody asked for that one.
    Cut left = setting.cut();
    assertThat(left.frontier()).containsEntry(2, 0L);
    assertThat(left.against(setting.oracle())).isEmpty();
    assertWrittenDown("doesn't have the records any more that come next");
  }

  @Test
  void aTopicMadeAgainAndLongerStopsTheVersionBeforeAnythingOfItIsServed() throws Exception {
    Cut before = runAndReplaceTopic(2000);

    assertThat(setting.cut()).isEqualTo(before);
  }

  @Test
  void aTopicMadeAgainAndShorterStopsTheVersion() throws Exception {
    Cut before = runAndReplaceTopic(40);

    assertThat(setting.cut()).isEqualTo(before);
  }

  private Cut runAndReplaceTopic(int records) throws Exception {
    JobID run = setting.launch(2, "hashmap", Optional.empty());
    assertThat(setting.caughtUp(run)).isTrue();
    Cut before = setting.cut();
    try (Admin admin = admin()) {
      admin.deleteTopics(List.of(setting.topic())).all().get();
      Await.until(
          Setting.PATIENCE, () -> !admin.listTopics().names().get().contains(setting.topic()));
      CreateTopicsResult made =
          admin.createTopics(List.of(new NewTopic(setting.topic(), 4, (short) 1)));
      Uuid id = made.topicId(setting.topic()).get();
      // A producer that still sees the old one's partitions waits for leaders that aren't any more.
      Await.until(
          Setting.PATIENCE,
          () ->
              admin
                  .describeTopics(List.of(setting.topic()))
                  .allTopicNames()
                  .get()
                  .get(setting.topic())
                  .topicId()
                  .equals(id));
    }
    try (TrialLog other = new TrialLog(setting.servers(), setting.topic(), 8)) {
      // A partition whose namesake was just deleted may take a while; the others do for this.
      other.tryToWrite(records);
    }
    assertThat(setting.stopped(run))
        .hasValueSatisfying(
            why -> assertThat(why).startsWith("FAILED").contains("was re-created (id "));
    assertWrittenDown("was re-created (id ");
    return before;
  }

  @Test
  void aPartitionThatWasAddedStopsTheVersion() throws Exception {
    JobID run = setting.launch(2, "hashmap", Optional.empty());
    assertThat(setting.caughtUp(run)).isTrue();

    try (Admin admin = admin()) {
      admin.createPartitions(Map.of(setting.topic(), NewPartitions.increaseTo(5))).all().get();
    }

    assertThat(setting.stopped(run))
        .hasValueSatisfying(
            why ->
                assertThat(why)
                    .startsWith("FAILED")
                    .contains("has 5 partitions, and the version was begun on 4"));
    assertWrittenDown("has 5 partitions, and the version was begun on 4");
  }

  @Test
  void aTopicThatWasDeletedStopsTheVersion() throws Exception {
    JobID run = setting.launch(2, "hashmap", Optional.empty());
    assertThat(setting.caughtUp(run)).isTrue();

    try (Admin admin = admin()) {
      admin.deleteTopics(List.of(setting.topic())).all().get();
    }

    assertThat(setting.stopped(run))
        .hasValueSatisfying(why -> assertThat(why).startsWith("FAILED").contains("was deleted"));
    assertWrittenDown("was deleted");
  }

  @Test
  void aSavepointOlderThanTheLedgerIsRefusedAndTheCauseIsWrittenDown() throws Exception {
    JobID first = setting.launch(2, "hashmap", Optional.empty());
    assertThat(setting.caughtUp(first)).isTrue();
    Path old = setting.cluster().newestCheckpoint(first).orElseThrow();
    setting.log().write(400);
    assertThat(setting.caughtUp(first)).isTrue();
    setting.cluster().cancel(first);
    assertThat(setting.stopped(first)).isPresent();
    Cut before = setting.cut();

    JobID second = setting.launch(2, "hashmap", Optional.of(old));

    assertThat(setting.stopped(second))
        .hasValueSatisfying(
            why ->
                assertThat(why)
                    .startsWith("FAILED")
                    .contains("was restored from a savepoint older than the ledger"));
    assertThat(setting.cut()).isEqualTo(before);
    assertThat(failures())
        .hasSize(1)
        .allSatisfy(
            cause ->
                assertThat(cause)
                    .startsWith(
                        "activity-metrics version 1 was restored from a savepoint older than the"
                            + " ledger"));
  }

  @Test
  void aVersionThatHasBegunIsNotStartedFromNothing() throws Exception {
    JobID run = setting.launch(2, "hashmap", Optional.empty());
    assertThat(setting.caughtUp(run)).isTrue();

    assertThat(catchThrowable(() -> setting.launch(2, "hashmap", Optional.empty())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("can't begin from nothing");

    setting.log().write(100);
    assertThat(setting.caughtUp(run)).as("the run that was there goes on").isTrue();
  }

  private void assertWrittenDown(String cause) throws SQLException {
    assertThat(failures())
        .hasSize(1)
        .allSatisfy(
            failure -> assertThat(failure).contains(cause).contains("`kappa replay activity-"));
  }

  private List<String> failures() throws SQLException {
    try (Connection connection = setting.database().connect("kappa_job");
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT failure FROM kappa.run WHERE failure IS NOT NULL")) {
      List<String> failures = new ArrayList<>();
      while (row.next()) {
        failures.add(row.getString(1));
      }
      return failures;
    }
  }

  private Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", setting.servers()));
  }
}
