package io.kappa.control.replay;

import io.kappa.control.Refusal;
import io.kappa.control.catalogue.Versions;
import io.kappa.control.version.Leg;
import io.kappa.control.version.Run;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The checkpoints that the engine left behind, for a version that has stopped and is to go on. */
public final class RetainedCheckpoints {

  private static final Logger LOG = LoggerFactory.getLogger(RetainedCheckpoints.class);

  private final Path directory;

  /**
   * @param directory the engine's checkpoint directory: {@code <job id>/chk-<n>/_metadata}
   */
  public RetainedCheckpoints(Path directory) {
    this.directory = directory;
  }

  /**
   * The checkpoint from which a version that isn't running has to go on, or the savepoint that it
   * stopped with; the savepoint of the leg before if it has committed nothing on this one; empty if
   * it begins from nothing.
   *
   * @throws Refusal if it has committed, and nothing is left to go on from
   */
  Optional<String> toGoOnFrom(Versions.Entry entry, SavepointShelf savepoints) {
    int leg = entry.leg().map(Leg::number).orElse(0);
    List<Run> newestFirst =
        new ArrayList<>(entry.runs().stream().filter(run -> run.leg() == leg).toList());
    Collections.reverse(newestFirst);
    List<String> ids = newestFirst.stream().flatMap(run -> run.engineJob().stream()).toList();
    Optional<String> found =
        ids.stream()
            .flatMap(id -> newest(id).stream())
            .findFirst()
            .or(() -> unnoted(entry, savepoints));
    if (found.isEmpty() && entry.committedOnLeg()) {
      throw new Refusal(
          "%s has committed up to checkpoint %d, and no checkpoint is left in %s to go on from"
              .formatted(entry.version().name(), entry.ledger().checkpoint(), directory),
          "if it was stopped with a savepoint, hand it in from there with `flink run -s SAVEPOINT`; else put"
              + " the checkpoints back, or only a new version can go on, from the log's start");
    }
    return found.or(() -> entry.leg().flatMap(Leg::restoreFrom));
  }

  /** It has stopped with a savepoint, and nobody could note where that is. */
  private static Optional<String> unnoted(Versions.Entry entry, SavepointShelf savepoints) {
    return entry
        .leg()
        .filter(leg -> leg.stopAttempts() > 0 && entry.committedOnLeg())
        .flatMap(leg -> savepoints.newest(entry.version().name(), leg.number()));
  }

  /**
   * The same, held for somebody who wants to look into it while the version runs and makes others;
   * empty if it begins from nothing.
   *
   * @throws Refusal if it has committed, and nothing is left to go on from
   */
  public Optional<HeldCheckpoint> hold(Versions.Entry entry, SavepointShelf savepoints) {
    while (true) {
      Optional<String> newest = toGoOnFrom(entry, savepoints);
      if (newest.isEmpty()) {
        return Optional.empty();
      }
      try {
        return Optional.of(HeldCheckpoint.of(newest.get(), directory.resolveSibling("held")));
      } catch (NoSuchFileException gone) {
        LOG.debug("{} has gone; there is a newer one", newest.get(), gone);
      } catch (IOException e) {
        throw HeldCheckpoint.unreadable(directory, e);
      }
    }
  }

  /**
   * The checkpoints that are left of all of a version's runs, in the order in which they were made.
   */
  public List<Path> all(Versions.Entry entry) {
    return entry.runs().stream()
        .flatMap(run -> run.engineJob().stream())
        .flatMap(id -> whole(id).stream())
        .toList();
  }

  private Optional<String> newest(String jobId) {
    List<Path> whole = whole(jobId);
    return whole.isEmpty()
        ? Optional.empty()
        : Optional.of(whole.get(whole.size() - 1).toUri().toString());
  }

  /** Those of a run that are complete, by number. */
  private List<Path> whole(String jobId) {
    Path ofJob = directory.resolve(jobId);
    if (!Files.isDirectory(ofJob)) {
      return List.of();
    }
    List<Path> whole = new ArrayList<>();
    try (DirectoryStream<Path> checkpoints = Files.newDirectoryStream(ofJob, "chk-*")) {
      for (Path checkpoint : checkpoints) {
        if (Files.exists(checkpoint.resolve("_metadata"))) {
          whole.add(checkpoint);
        }
      }
    } catch (IOException e) {
      throw new Refusal(
          "Checkpoints in %s can't be read".formatted(ofJob), "see whether this user may", e);
    }
    whole.sort(Comparator.comparingLong(RetainedCheckpoints::number));
    return List.copyOf(whole);
  }

  private static long number(Path checkpoint) {
    return Long.parseLong(checkpoint.getFileName().toString().substring("chk-".length()));
  }
}
