package io.kappa.control.replay;

import static io.kappa.control.TestStore.JOB;
import static io.kappa.control.TestStore.V1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kappa.common.table.Identifier;
import io.kappa.control.Refusal;
import io.kappa.control.TestStore;
import io.kappa.control.catalogue.AuditTrail;
import io.kappa.control.catalogue.Entry;
import io.kappa.control.catalogue.VersionSchema;
import io.kappa.control.catalogue.Versions;
import io.kappa.control.flink.FakeFlinkCluster;
import io.kappa.control.flink.Submission;
import io.kappa.control.jar.JarShelf;
import io.kappa.control.version.EngineState;
import io.kappa.control.version.Frontier;
import io.kappa.control.version.RunProfile;
import io.kappa.control.version.Version;
import io.kappa.local.junit.LocalStack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class LaunchIT {

  @RegisterExtension static final LocalStack STACK = LocalStack.brokerAndStore();

  private final FakeFlinkCluster flink = new FakeFlinkCluster();
  private final List<String> said = new ArrayList<>();
  @TempDir private Path directory;
  private TestStore store;
  private LogAdmin log;
  private Path jar;
  private String topic;

  @BeforeEach
  void emptyStoreAndLogWithThreeRecords() throws Exception {
    store = TestStore.in(STACK.freshDatabase());
    log = new LogAdmin(STACK.bootstrapServers(), Duration.ofSeconds(20));
    jar = Files.writeString(directory.resolve("jobs.jar"), "bytes of a jar");
    topic = STACK.freshTopic("activity", 2);
    produce(0, 0, 1);
  }

  @AfterEach
  void close() {
    log.close();
  }

  private void produce(int... partitions) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", STACK.bootstrapServers()),
            new StringSerializer(),
            new StringSerializer())) {
      for (int partition : partitions) {
        producer.send(new ProducerRecord<>(topic, partition, null, "x")).get();
      }
    }
  }

  private Launch launch(LaunchRequest request) {
    return new Launch(
        new Tools(
            store.owner(),
            log,
            flink,
            new FakeJobs(topic),
            new JarShelf(directory.resolve("jars")),
            (savepoint, writer, candidate) -> List.of(),
            new RetainedCheckpoints(directory.resolve("checkpoints")),
            new SavepointShelf(directory.resolve("savepoints")),
            new Ends("broker:1", "jdbc:postgresql://store/kappa", "kappa_job", Path.of("/secret")),
            "ann"),
        jar,
        request,
        said::add);
  }

  private static LaunchRequest request(Map<String, String> given, boolean truncatedIsFine) {
    return new LaunchRequest(
        JOB,
        given,
        truncatedIsFine,
        OptionalInt.empty(),
        Optional.of(new RunProfile(OptionalInt.of(2), "rocksdb", "1s")),
        History.AUTO);
  }

  private static LaunchRequest request() {
    return request(Map.of(), false);
  }

  private Entry entry() {
    return new Versions(store.owner()).snapshot().of(V1).orElseThrow();
  }

  /** What is handed in while the ledger's last batch is this one. */
  private Submission expected(Optional<String> from, String follows) {
    return expected(from, List.of("--follows", follows));
  }

  private Submission expected(Optional<String> from, List<String> more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "activity-metrics",
                "--version",
                "1",
                "--kafka",
                "broker:1",
                "--store",
                "jdbc:postgresql://store/kappa",
                "--store-user",
                "kappa_job",
                "--store-password-file",
                "/secret"));
    arguments.addAll(more);
    arguments.addAll(List.of("--parallelism", "2"));
    return new Submission(
        Path.of(entry().version().jar()),
        arguments,
        Map.of(
            "pipeline.name", "activity-metrics-v1",
            "state.backend.type", "rocksdb",
            "execution.checkpointing.interval", "1s",
            "execution.checkpointing.interval-during-backlog", "10s"),
        from);
  }

  @Test
  void aFirstVersionIsPinnedMadeAndHandedIn() throws Exception {
    launch(request(Map.of("min-watch", "5s"), false)).run();

    Version version = entry().version();
    assertThat(version.parameters()).isEqualTo(Map.of("min-watch", "5s"));
    assertThat(version.start()).isEqualTo(Frontier.of(Map.of(topic, Map.of(0, 0L, 1, 0L))));
    assertThat(version.logEnd()).isEqualTo(Frontier.of(Map.of(topic, Map.of(0, 2L, 1, 1L))));
    assertThat(version.topicIds()).containsOnlyKeys(topic);
    assertThat(Files.readString(Path.of(version.jar()))).isEqualTo("bytes of a jar");
    assertThat(store.rows("kappa_reader", "SELECT * FROM activity_metrics.items")).isEmpty();
    assertThat(flink.submissions()).containsExactly(expected(Optional.empty(), ""));
    assertThat(new AuditTrail(store.owner()).of(JOB))
        .extracting(AuditTrail.Entry::event)
        .containsExactly("created", "submitted");
  }

  @Test
  void givenAgainItSaysThatItRunsAndHandsNothingIn() {
    launch(request()).run();
    said.clear();

    launch(request()).run();

    assertThat(said).containsExactly("activity-metrics v1 runs already as Flink job job-1");
    assertThat(flink.submissions()).hasSize(1);
  }

  @Test
  void killedAfterThePinTheSameCommandMakesTheRestFromTheSamePin() throws Exception {
    launch(request()).prepareOnly();
    store.run(
        "kappa_owner",
        "DROP SCHEMA activity_metrics CASCADE",
        "DROP SCHEMA activity_metrics_v1 CASCADE",
        "DELETE FROM kappa.pointer");
    Version pinned = entry().version();
    produce(0);

    launch(request()).run();

    assertThat(entry().version()).isEqualTo(pinned);
    assertThat(store.rows("kappa_reader", "SELECT * FROM activity_metrics.items")).isEmpty();
    assertThat(flink.submissions()).containsExactly(expected(Optional.empty(), ""));
  }

  @Test
  void killedAfterTheTablesWereMadeTheSameCommandHandsItIn() {
    flink.refuse(Optional.of(new Refusal("Flink doesn't answer", "./kappa up")));
    assertThatExceptionOfType(Refusal.class).isThrownBy(() -> launch(request()).run());
    flink.refuse(Optional.empty());

    launch(request()).run();

    assertThat(flink.submissions()).containsExactly(expected(Optional.empty(), ""));
  }

  @Test
  void killedBeforeItCouldNoteWhatItHandedInTheSameCommandNotesIt() throws Exception {
    Submission submission = launch(request()).prepareOnly();
    store.run(
        "kappa_job",
        "INSERT INTO kappa.run (job, version, generation, token)"
            + " VALUES ('activity-metrics', 1, 1, gen_random_uuid())");
    flink.submit(submission);

    launch(request()).run();

    assertThat(entry().newestRun().orElseThrow().engineJob()).contains("job-1");
    assertThat(flink.submissions()).hasSize(1);
  }

  @Test
  void preparedOnlyNothingIsHandedIn() {
    Submission submission = launch(request()).prepareOnly();

    assertThat(submission).isEqualTo(expected(Optional.empty(), List.of()));
    assertThat(flink.submissions()).isEmpty();
  }

  @Test
  void aDryRunSaysWhatWouldBeDoneAndDoesNothing() {
    launch(request()).dryRun();

    assertThat(said)
        .containsExactly(
            "would set {min-watch=0}",
            "would read 3 records from {%s={0=0, 1=0}}".formatted(topic),
            "would make schema activity_metrics_v1 and the views in activity_metrics: items",
            "would hand activity-metrics-v1 in to Flink");
    assertThat(new Versions(store.owner()).snapshot().entries()).isEmpty();
    assertThat(new VersionSchema(store.owner()).exists(V1)).isFalse();
  }

  @Test
  void aDryRunSaysThatHistoryWouldBeReadAsAReplayDoes() {
    LaunchRequest request =
        new LaunchRequest(
            JOB, Map.of(), false, OptionalInt.empty(), Optional.empty(), History.REPLAY);

    launch(request).dryRun();

    assertThat(said)
        .contains(
            "would read 3 records from {%s={0=0, 1=0}}, as a replay does, with state in memory as far as it fits; then it lives"
                .formatted(topic));
  }

  @Test
  void aVersionThatStoppedGoesOnFromItsNewestWholeCheckpoint() throws Exception {
    launch(request()).run();
    committedUpTo(9);
    flink.become("activity-metrics-v1", EngineState.FAILED);
    checkpoint("job-1/chk-9/_metadata");
    checkpoint("job-1/chk-10/_metadata");
    checkpoint("job-1/chk-11/half");

    launch(request()).run();

    String from = directory.resolve("checkpoints/job-1/chk-10").toUri().toString();
    assertThat(flink.submissions())
        .containsExactly(expected(Optional.empty(), ""), expected(Optional.of(from), "1/nine"));
  }

  @Test
  void aVersionThatHasCommittedNeverBeginsFromNothing() throws Exception {
    launch(request()).run();
    committedUpTo(9);
    flink.become("activity-metrics-v1", EngineState.CANCELED);

    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> launch(request()).run())
        .withMessage(
            "activity-metrics v1 has committed up to checkpoint 9, and no checkpoint is left in"
                + " %s to go on from",
            directory.resolve("checkpoints"));
    assertThat(flink.submissions()).hasSize(1);
  }

  private void committedUpTo(int checkpoint) throws Exception {
    store.run(
        "kappa_job",
        "INSERT INTO kappa.run (job, version, generation, token, flink_job_id)"
            + " VALUES ('activity-metrics', 1, 1, gen_random_uuid(), 'job-1')",
        "UPDATE kappa.ledger SET link = '1/nine', checkpoint_id = " + checkpoint);
  }

  private void checkpoint(String file) throws Exception {
    Path path = directory.resolve("checkpoints").resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, "state");
  }

  @Test
  void otherParametersAreRefusedBecauseAVersionNeverChanges() {
    launch(request()).run();

    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> launch(request(Map.of("min-watch", "9s"), false)).run())
        .withMessage(
            "activity-metrics v1 is there already with {min-watch=0}, and a version's parameters"
                + " never change; given was {min-watch=9s}");
  }

  @Test
  void anotherJarIsSaidAndNotTaken() throws Exception {
    launch(request()).prepareOnly();
    Files.writeString(jar, "a rebuilt jar");
    said.clear();

    launch(request()).run();

    assertThat(said.get(0)).startsWith("note: activity-metrics v1 keeps the jar");
    assertThat(Files.readString(flink.submissions().get(0).jar())).isEqualTo("bytes of a jar");
  }

  @Test
  void aLogThatLostItsHeadIsRefusedUnlessThatIsAccepted() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", STACK.bootstrapServers()))) {
      admin
          .deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(1)))
          .all()
          .get();
    }

    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> launch(request()).run())
        .withMessage(
            "Topic %s has lost its head: the first offsets are {0=1, 1=0}, expected 0 in each"
                + " partition",
            topic);
    assertThat(new Versions(store.owner()).snapshot().entries()).isEmpty();

    launch(request(Map.of(), true)).run();

    assertThat(entry().version().truncated()).isTrue();
    assertThat(entry().version().start())
        .isEqualTo(Frontier.of(Map.of(topic, Map.of(0, 1L, 1, 0L))));
  }

  @Test
  void aTopicThatIsMissingIsNamed() {
    topic = STACK.freshTopicName("missing");

    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> launch(request()).run())
        .withMessageStartingWith("There is no topic %s; there is ", topic);
  }

  @Test
  void aJobThatIsUnknownIsNamedWithTheOneThatIsNear() {
    LaunchRequest request =
        new LaunchRequest(
            new Identifier("activty-metrics"),
            Map.of(),
            false,
            OptionalInt.empty(),
            Optional.empty(),
            History.AUTO);

    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> launch(request).run())
        .withMessage("There is no job called activty-metrics")
        .extracting(Refusal::remedy)
        .isEqualTo("did you mean activity-metrics? there is activity-metrics");
  }
}
