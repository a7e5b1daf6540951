package io.kappa.control.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.control.TestStore;
import io.kappa.control.catalogue.Entry;
import io.kappa.control.version.Course;
import io.kappa.control.version.Frontier;
import io.kappa.control.version.Ledger;
import io.kappa.control.version.Leg;
import io.kappa.control.version.Run;
import io.kappa.control.version.RunProfile;
import io.kappa.control.version.Tally;
import io.kappa.control.version.Version;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From where a version goes on that has ended. */
class RetainedCheckpointsTest {

  private static final String COMMITTED = "1/the-last-batch";
  private static final String JOB_ID = "0a1b";
  private static final Frontier START = Frontier.of(Map.of("t", Map.of(0, 0L)));

  @TempDir Path directory;

  private RetainedCheckpoints checkpoints;
  private SavepointShelf shelf;
  private Version version;

  @BeforeEach
  void directories() {
    checkpoints = new RetainedCheckpoints(directory.resolve("checkpoints"));
    shelf = new SavepointShelf(directory.resolve("savepoints"));
    version = TestStore.version("t");
  }

  @Test
  void itGoesOnFromTheNewest() throws IOException {
    checkpoint(9, "1/before");
    Path newest = checkpoint(10, COMMITTED);

    assertThat(from(0)).isEqualTo(newest);
  }

  @Test
  void itGoesOnFromTheNewestThatWasCommittedRatherThanFromANewerOne() throws IOException {
    Path committed = checkpoint(10, COMMITTED);
    checkpoint(11, "1/nobody-took-it");

    assertThat(from(0)).isEqualTo(committed);
  }

  @Test
  void itGoesOnFromTheNewestIfNoneSaysThatItWasCommitted() throws IOException {
    Path newest = checkpoint(11, "1/its-batch-is-to-be-committed-still");

    assertThat(from(0)).isEqualTo(newest);
  }

  @Test
  void theSavepointThatWasCommittedCountsAlthoughTheRunMadeACheckpointSince() throws IOException {
    Path savepoint = savepoint(COMMITTED);
    checkpoint(320, "1/of-a-run-that-began-before-the-savepoint");

    assertThat(from(1)).isEqualTo(savepoint);
  }

  @Test
  void aSavepointThatWasNotCommittedDoesNotCountIfTheRunWentOn() throws IOException {
    savepoint("1/nobody-took-it");
    Path newest = checkpoint(321, COMMITTED);

    assertThat(from(1)).isEqualTo(newest);
  }

  private Path from(int stopAttempts) {
    Leg leg =
        new Leg(
            1,
            START,
            Optional.empty(),
            Optional.empty(),
            RunProfile.LIVE,
            stopAttempts,
            Optional.empty());
    Run run =
        new Run(
            1,
            1,
            Optional.of(JOB_ID),
            Instant.EPOCH,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    Entry entry =
        new Entry(
            version,
            Course.ofFirst(RunProfile.LIVE),
            new Ledger(1, COMMITTED, 320, START, Tally.NONE, Optional.empty()),
            List.of(leg),
            List.of(run),
            List.of());
    return Path.of(URI.create(checkpoints.toGoOnFrom(entry, shelf).orElseThrow()));
  }

  private Path checkpoint(int number, String link) throws IOException {
    return written(directory.resolve("checkpoints").resolve(JOB_ID).resolve("chk-" + number), link);
  }

  private Path savepoint(String link) throws IOException {
    return written(
        Path.of(URI.create(shelf.of(version.name(), 1))).resolve("savepoint-" + JOB_ID), link);
  }

  private static Path written(Path checkpoint, String link) throws IOException {
    Files.createDirectories(checkpoint);
    Files.writeString(checkpoint.resolve("_metadata"), "\u0000\u0001header " + link + "\u0000more");
    return checkpoint;
  }
}
