package io.kappa.control.replay;

import io.kappa.control.Refusal;
import io.kappa.control.catalogue.Entry;
import io.kappa.control.version.Ledger;
import io.kappa.control.version.Leg;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
   * stopped with: the one that the ledger holds, or else the newest; the savepoint of the leg
   * before if it has committed nothing on this one; empty if it begins from nothing.
   *
   * @throws Refusal if it has committed, and nothing is left to go on from
   */
  Optional<String> toGoOnFrom(Entry entry, SavepointShelf savepoints) {
    List<Path> candidates = new ArrayList<>(ofLeg(entry));
    if (entry.leg().filter(leg -> leg.stopAttempts() > 0 && entry.committedOnLeg()).isPresent()) {
      // It has stopped with a savepoint, and nobody could note where that is.
      candidates.addAll(savepoints.ofLeg(entry.version().name(), entry.leg().get().number()));
    }
    Optional<String> found =
        candidates.stream()
            .filter(candidate -> isCommitted(candidate, entry.ledger()))
            .findFirst()
            .or(() -> candidates.stream().findFirst())
            .map(candidate -> candidate.toUri().toString());
    if (found.isEmpty() && entry.committedOnLeg()) {
      throw new Refusal(
          "%s has committed up to checkpoint %d, and no checkpoint is left in %s to go on from"
              .formatted(entry.version().name(), entry.ledger().checkpoint(), directory),
          "if it was stopped with a savepoint, hand it in from there with `flink run -s SAVEPOINT`; else put"
              + " the checkpoints back, or only a new version can go on, from the log's start");
    }
    return found.or(() -> entry.leg().flatMap(Leg::restoreFrom));
  }

  /** Checkpoints of the leg that it is on, the newest first. */
  private List<Path> ofLeg(Entry entry) {
    int leg = entry.leg().map(Leg::number).orElse(0);
    List<Path> newestFirst =
        new ArrayList<>(
            entry.runs().stream()
                .filter(run -> run.leg() == leg)
                .flatMap(run -> run.engineJob().stream())
                .flatMap(id -> whole(id).stream())
                .toList());
    Collections.reverse(newestFirst);
    return newestFirst;
  }

  /**
   * Whether it is the one that the ledger holds. A manager that dies right after a savepoint was
   * committed lets the job go on from the checkpoint before, and make others that no ledger takes;
   * they have the same numbers. The link is random, and the sink's writer keeps it: state so small
   * that it stands in the metadata itself.
   */
  private static boolean isCommitted(Path checkpoint, Ledger ledger) {
    try {
      String metadata =
          Files.readString(checkpoint.resolve("_metadata"), StandardCharsets.ISO_8859_1);
      return !ledger.link().isEmpty() && metadata.contains(ledger.link());
    } catch (NoSuchFileException gone) {
      return false;
    } catch (IOException e) {
      throw new Refusal("%s can't be read".formatted(checkpoint), "see whether this user may", e);
    }
  }

  /**
   * The same, held for somebody who wants to look into it while the version runs and makes others;
   * empty if it begins from nothing.
   *
   * @throws Refusal if it has committed, and nothing is left to go on from
   */
  public Optional<HeldCheckpoint> hold(Entry entry, SavepointShelf savepoints) {
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
  public List<Path> all(Entry entry) {
    return entry.runs().stream()
        .flatMap(run -> run.engineJob().stream())
        .flatMap(id -> whole(id).stream())
        .toList();
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
