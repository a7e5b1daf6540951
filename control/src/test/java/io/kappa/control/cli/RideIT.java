package io.kappa.control.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kappa.control.Refusal;
import io.kappa.control.TestStore;
import io.kappa.control.catalogue.Leases;
import io.kappa.control.catalogue.Store;
import io.kappa.control.flink.FakeFlinkCluster;
import io.kappa.control.jar.JarShelf;
import io.kappa.control.replay.Driver;
import io.kappa.control.replay.Ends;
import io.kappa.control.replay.FakeJobs;
import io.kappa.control.replay.LogAdmin;
import io.kappa.control.replay.RetainedCheckpoints;
import io.kappa.control.replay.SavepointShelf;
import io.kappa.control.replay.Tools;
import io.kappa.local.junit.LocalStack;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A command that waits ends when its time is up, whatever it waits for. */
@Timeout(120)
class RideIT {

  @RegisterExtension static final LocalStack STACK = LocalStack.brokerAndStore();

  private static final Duration SHORT = Duration.ofSeconds(1);

  @TempDir private Path directory;

  private TestStore store;
  private LogAdmin log;

  @BeforeEach
  void aVersionThatNeverComesToLife() throws Exception {
    store = TestStore.in(STACK.freshDatabase());
    store.insert(TestStore.version(STACK.freshTopic("activity", 2)));
    log = new LogAdmin(STACK.bootstrapServers(), Duration.ofSeconds(5));
  }

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void aVersionThatDoesntGetThereInTimeIsARefusal() {
    Refusal refusal = refused(store.owner());

    assertThat(refusal).hasMessage("activity-metrics v1 is CREATED after 1 s");
    assertThat(new Leases(store.owner()).holder(TestStore.V1)).isEmpty();
  }

  @Test
  void aStoreThatDoesntAnswerIsWaitedForNoLonger() {
    Store away =
        new Store(
            "jdbc:postgresql://127.0.0.1:1/nowhere",
            "kappa_owner",
            store.database().secrets().resolve("kappa_owner.password"));

    Refusal refusal = refused(away);

    assertThat(refusal).hasMessage("activity-metrics v1 is not to be seen after 1 s");
  }

  private Refusal refused(Store owner) {
    return catchThrowableOfType(Refusal.class, () -> ride(owner));
  }

  private Optional<Driver.Look> ride(Store owner) {
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(new byte[0]),
            new PrintWriter(new StringWriter()),
            new PrintWriter(new StringWriter()),
            false);
    try (CtrlC ctrlC = new CtrlC();
        Ride ride = new Ride(terminal, tools(owner), log, ctrlC, TestStore.V1, SHORT)) {
      return ride.toTheEnd();
    }
  }

  private Tools tools(Store owner) {
    return new Tools(
        owner,
        log,
        new FakeFlinkCluster(),
        new FakeJobs("activity"),
        new JarShelf(directory),
        (savepoint, writer, candidate) -> List.of(),
        new RetainedCheckpoints(directory),
        new SavepointShelf(directory),
        new Ends(
            STACK.bootstrapServers(),
            store.database().jdbcUrl(),
            "kappa_job",
            store.database().secrets().resolve("kappa_job.password")),
        "ann");
  }
}
