package io.kappa.control.mistakes;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.control.Sabotage;
import io.kappa.control.TestStore;
import io.kappa.control.catalogue.Lease;
import io.kappa.control.catalogue.Leases;
import io.kappa.control.cutover.Ending;
import io.kappa.control.replay.Driver;
import io.kappa.control.replay.Lane;
import io.kappa.control.replay.Tools;
import io.kappa.control.version.Action;
import io.kappa.control.version.Leg;
import io.kappa.control.version.Phase;
import io.kappa.control.version.VersionName;
import io.kappa.local.junit.LocalStack;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ann decides on a step, and stalls until Bob has her lease; then she goes on. */
class TwoDriversIT {

  @RegisterExtension static final LocalStack stack = LocalStack.brokerAndStore();

  @TempDir static Path directory;

  private static Scene scene;
  private static Tools bob;

  private VersionName name;

  @BeforeAll
  static void aVersionIsLive() throws Exception {
    scene = new Scene(stack, directory, 300);
    bob = scene.lane().tools("bob", flink -> flink);
  }

  @AfterAll
  static void close() throws Exception {
    scene.close();
  }

  @AfterEach
  void abort() {
    if (!scene.lane().entry(name).course().dropped()) {
      scene.lane().abort(TestStore.JOB);
    }
  }

  @Test
  void atTheSameTimeTheyDoEachStepOnce() throws Exception {
    candidate(false);
    CompletableFuture<Void> other =
        CompletableFuture.runAsync(() -> drive(bob, TwoDriversIT::isReady));

    drive(scene.lane().tools(), TwoDriversIT::isReady);
    other.get(1, TimeUnit.MINUTES);

    requireEachStepOnce();
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "MAKE_SCHEMA",
        "TAKE_FENCE",
        "SUBMIT",
        "MARK_FENCED",
        "COMPARE",
        "STOP_WITH_SAVEPOINT",
        "OPEN_LAST_LEG",
        "ATTACH",
        "MARK_READY"
      })
  void aStepThatComesLateIsNotDoneAgain(Action step) throws Exception {
    candidate(false);

    lateBy(step, TwoDriversIT::isReady);

    requireEachStepOnce();
  }

  @Test
  void aRunHandedInLateDoesNotComeBetweenTwoLegs() throws Exception {
    candidate(false);

    lateBy(Action.SUBMIT, look -> look.next() == Action.OPEN_LAST_LEG);

    requireEachStepOnce();
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "MAKE_SCHEMA",
        "TAKE_FENCE",
        "SUBMIT",
        "COMPARE",
        "STOP_WITH_SAVEPOINT",
        "OPEN_LAST_LEG",
        "ATTACH"
      })
  void aStepThatComesAfterTheEndLeavesNothingBehind(Action step) throws Exception {
    candidate(false);
    Stalled ann = new Stalled(step, Driver.idle());
    CompletableFuture<Void> late = driving(ann);
    ann.stalls();
    Ending ending = new Ending(scene.lane().store().owner(), "bob");
    ending.mark(ending.ofCandidate(TestStore.JOB));
    drive(bob, Driver.idle());
    assertThat(scene.schemas(name)).isEmpty();

    ann.goOn();
    late.get(1, TimeUnit.MINUTES);

    assertThat(scene.schemas(name)).isEmpty();
    assertThat(views()).doesNotContain(name.schema());
    assertThat(scene.lane().flink().jobs())
        .noneMatch(job -> job.name().equals(name.runName()) && job.state().isActive());
    assertThat(scene.lane().entry(name).version().phase()).isEqualTo(Phase.ABORTED);
  }

  @Test
  void withoutLeaseAndPhaseAComparisonIsWrittenTwice() throws Exception {
    candidate(true);
    try (Sabotage taken = Sabotage.silencing("io.kappa.control.catalogue.Transitions", "enter")) {
      lateBy(Action.COMPARE, Driver.idle());
    }
    assertThat(scene.events(name)).filteredOn("compared"::equals).hasSize(2);
  }

  @Test
  void withoutTheLeaseAStopIsAskedForTwice() throws Exception {
    candidate(false);
    try (Sabotage taken = Sabotage.silencing("io.kappa.control.catalogue.Leases", "hold")) {
      lateBy(Action.STOP_WITH_SAVEPOINT, look -> stopAttempts() == 1);
    }
    assertThat(stopAttempts()).isGreaterThan(1);
  }

  @Test
  void withTheLeaseItIsAskedForOnce() throws Exception {
    candidate(false);
    lateBy(Action.STOP_WITH_SAVEPOINT, look -> stopAttempts() == 1);
    assertThat(stopAttempts()).isEqualTo(1);
  }

  @Test
  void withTheLeaseGivenBackItIsAskedForOnceToo() throws Exception {
    candidate(false);
    Stalled ann = new Stalled(Action.STOP_WITH_SAVEPOINT, Driver.idle());
    CompletableFuture<Void> late = driving(ann);
    ann.stalls();
    Lease held = new Lease(name, "ann", UUID.fromString(token()));
    drive(bob, look -> stopAttempts() == 1);
    new Leases(scene.lane().store().owner()).renew(held); // As she does every few seconds.

    ann.goOn();
    late.get(1, TimeUnit.MINUTES);

    assertThat(stopAttempts()).isEqualTo(1);
  }

  private void candidate(boolean toFenceOnly) {
    Path jar = scene.jar(scene.shipped());
    name = scene.lane().replay(Lane.request(TestStore.JOB, jar, Map.of(), toFenceOnly, Lane.HEAP));
  }

  /** Lets Ann stall before a step, Bob drive on until it looks so, and then Ann go on. */
  private void lateBy(Action step, Predicate<Driver.Look> until) throws Exception {
    Stalled ann = new Stalled(step, Driver.idle());
    CompletableFuture<Void> late = driving(ann);
    ann.stalls();
    drive(bob, until);
    ann.goOn();
    late.get(1, TimeUnit.MINUTES);
  }

  private CompletableFuture<Void> driving(Stalled ann) {
    return CompletableFuture.runAsync(() -> Lane.driver(scene.lane().tools()).drive(name, ann));
  }

  private void drive(Tools tools, Predicate<Driver.Look> until) {
    Lane.driver(tools).drive(name, new Taking(until));
  }

  private static boolean isReady(Driver.Look look) {
    return look.entry().version().phase() == Phase.READY;
  }

  private int stopAttempts() {
    return scene.lane().entry(name).legs().get(0).stopAttempts();
  }

  /** What Ann holds the lease by. */
  private static String token() throws SQLException {
    return scene
        .lane()
        .store()
        .rows("kappa_owner", "SELECT token FROM kappa.lease WHERE holder = 'ann'")
        .get(0);
  }

  private static String views() throws SQLException {
    return String.join(
        "\n",
        scene
            .lane()
            .store()
            .rows(
                "kappa_owner",
                "SELECT definition FROM pg_views WHERE schemaname = 'activity_metrics'"));
  }

  private void requireEachStepOnce() throws Exception {
    assertThat(scene.events(name).stream().filter(event -> !event.equals("submitted")))
        .containsExactly(
            "created", "fence taken", "at the fence", "compared", "catching up", "ready");
    List<Leg> legs = scene.lane().entry(name).legs();
    assertThat(legs).extracting(Leg::number).containsExactly(1, 2);
    scene.requireRight(name);
  }

  /** Takes the lease from whoever is slow. */
  private static final class Taking extends Lane.Bounded {

    Taking(Predicate<Driver.Look> there) {
      super(there);
    }

    @Override
    public void rest(long millis) {
      try {
        scene
            .lane()
            .store()
            .run(
                "kappa_owner",
                "UPDATE kappa.lease SET until = clock_timestamp() - interval '1 hour'"
                    + " WHERE holder = 'ann'");
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      super.rest(millis);
    }
  }

  /** Stalls once, between look and step, with the lease in hand. */
  private final class Stalled extends Lane.Bounded {

    private final Action at;
    private final CountDownLatch stalling = new CountDownLatch(1);
    private final CountDownLatch goingOn = new CountDownLatch(1);

    Stalled(Action at, Predicate<Driver.Look> there) {
      super(there);
      this.at = at;
    }

    void stalls() throws InterruptedException {
      assertThat(stalling.await(1, TimeUnit.MINUTES)).isTrue();
    }

    void goOn() {
      goingOn.countDown();
    }

    @Override
    public boolean isThere(Driver.Look look) {
      Leases leases = new Leases(scene.lane().store().owner());
      if (look.next() == at
          && stalling.getCount() > 0
          && leases.holder(name).equals(Optional.of("ann"))) {
        stalling.countDown();
        try {
          goingOn.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
        return false;
      }
      return super.isThere(look);
    }
  }
}
