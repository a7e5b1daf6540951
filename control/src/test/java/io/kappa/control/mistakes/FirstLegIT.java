package io.kappa.control.mistakes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kappa.control.Refusal;
import io.kappa.control.TestStore;
import io.kappa.control.replay.Driver;
import io.kappa.control.replay.History;
import io.kappa.control.replay.LaunchRequest;
import io.kappa.control.upgrade.UpgradeRequest;
import io.kappa.control.upgrade.Upgrader;
import io.kappa.control.version.Action;
import io.kappa.control.version.Leg;
import io.kappa.control.version.Phase;
import io.kappa.control.version.RunProfile;
import io.kappa.local.junit.LocalStack;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A job's first version reads what the log holds as a replay does, and lives from there on. */
class FirstLegIT {

  @RegisterExtension static final LocalStack stack = LocalStack.brokerAndStore();

  private static final RunProfile LIVE = new RunProfile(OptionalInt.of(2), "rocksdb", "500ms");

  @TempDir Path directory;

  private Scene scene;

  @BeforeEach
  void aLogIsThere() throws Exception {
    scene = new Scene(stack, directory);
    scene.log().writeRareThings();
    scene.log().write(1_000);
  }

  @AfterEach
  void close() throws Exception {
    scene.close();
  }

  @Test
  void itReadsHistoryAndThenItLives() throws Exception {
    start();
    scene.lane().drive(Scene.LIVE);

    requireTwoLegs();
    scene.requireRight(Scene.LIVE);
    scene.log().write(500);
    scene.requireRight(Scene.LIVE);
  }

  @Test
  void whatTheLogGainsMeanwhileComesWithTheNextLeg() throws Exception {
    start();
    scene.lane().drive(Scene.LIVE, look -> look.next() == Action.STOP_WITH_SAVEPOINT);
    scene.log().write(500);
    assertThat(scene.tables(Scene.LIVE.schema())).isNotEqualTo(scene.right());

    scene.lane().drive(Scene.LIVE);

    scene.requireRight(Scene.LIVE);
  }

  @Test
  void recordsThatNobodyGetsAreNotWaitedFor() throws Exception {
    abortTransaction();
    start();
    scene.lane().drive(Scene.LIVE);

    requireTwoLegs();
    scene.requireRight(Scene.LIVE);
  }

  /** Each look is a new driver's; who starts the job again in between changes nothing. */
  @Test
  void whoeverDrivesItMayDieAfterEachStep() throws Exception {
    start();
    Set<Action> seen = EnumSet.noneOf(Action.class);
    while (!seen.contains(Action.NOTHING)) {
      Driver.Look[] last = new Driver.Look[1];
      scene
          .lane()
          .drive(
              Scene.LIVE,
              look -> {
                boolean isNew = seen.add(look.next());
                boolean isOver = last[0] != null && last[0].next() != look.next();
                last[0] = look;
                return isOver || (isNew && look.next() == Action.NOTHING);
              });
      start();
    }

    assertThat(seen)
        .contains(
            Action.MARK_PROGRESS, Action.STOP_WITH_SAVEPOINT, Action.OPEN_LAST_LEG, Action.SUBMIT);
    requireTwoLegs();
    scene.requireRight(Scene.LIVE);
  }

  @Test
  void itCanNotBeUpgradedOnTheWay() {
    start();
    scene.lane().drive(Scene.LIVE, look -> look.next() == Action.STOP_WITH_SAVEPOINT);

    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(
            () ->
                new Upgrader(scene.lane().tools(), line -> {})
                    .plan(UpgradeRequest.of(TestStore.JOB, Optional.empty(), OptionalInt.of(1))))
        .withMessageContaining("still reads what the log held");
  }

  private void start() {
    scene
        .lane()
        .launch(
            new LaunchRequest(
                TestStore.JOB,
                Scene.GIVEN,
                false,
                OptionalInt.empty(),
                Optional.of(LIVE),
                History.REPLAY),
            scene.jar(scene.shipped()));
  }

  private void requireTwoLegs() {
    List<Leg> legs = scene.lane().entry(Scene.LIVE).legs();
    assertThat(legs).hasSize(2);
    assertThat(legs.get(0).fence()).hasValue(scene.lane().entry(Scene.LIVE).version().logEnd());
    assertThat(legs.get(0).profile()).isEqualTo(RunProfile.REPLAY.with(OptionalInt.of(2)));
    assertThat(legs.get(1).fence()).isEmpty();
    assertThat(legs.get(1).profile()).isEqualTo(LIVE);
    assertThat(legs.get(1).restoreFrom()).isEqualTo(legs.get(0).savepoint()).isPresent();
    assertThat(scene.lane().entry(Scene.LIVE).version().phase()).isEqualTo(Phase.LIVE);
  }

  private void abortTransaction() {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", stack.bootstrapServers(), "transactional.id", scene.topic()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      for (int partition = 0; partition < NastyLog.PARTITIONS; partition++) {
        for (int record = 0; record < 20; record++) {
          var unused =
              producer.send(new ProducerRecord<>(scene.topic(), partition, null, new byte[] {'x'}));
        }
      }
      producer.flush();
      producer.abortTransaction();
    }
  }
}
