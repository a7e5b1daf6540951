package io.kappa.control.replay;

import io.kappa.control.Refusal;
import io.kappa.control.version.VersionName;
import io.kappa.local.process.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where savepoints of versions lie: one directory a leg. */
public final class SavepointShelf {

  private static final String METADATA = "_metadata";
  private static final String ASIDE = "triggered";

  /** Below the directory of a version at most: the leg's, the savepoint's, and the file. */
  private static final int DEPTH = 3;

  private final Path directory;

  public SavepointShelf(Path directory) {
    this.directory = directory;
  }

  /** Where the savepoint at the end of a leg goes. */
  String of(VersionName version, int leg) {
    return path(version, leg).toUri().toString();
  }

  /** Where savepoints of a version go that somebody asks for while it runs. */
  public String aside(VersionName version) {
    return directory.resolve(version.runName()).resolve(ASIDE).toUri().toString();
  }

  /**
   * The newest whole savepoint of a leg. A leg can stop with just one, after which nothing writes
   * there.
   */
  Optional<String> newest(VersionName version, int leg) {
    return ofLeg(version, leg).stream().findFirst().map(newest -> newest.toUri().toString());
  }

  /** All whole savepoints at the end of a leg, the newest first. */
  List<Path> ofLeg(VersionName version, int leg) {
    List<Path> newestFirst = new ArrayList<>(whole(path(version, leg)));
    Collections.reverse(newestFirst);
    return newestFirst;
  }

  /** All whole savepoints of a version, the oldest first. */
  public List<Path> all(VersionName version) {
    return whole(directory.resolve(version.runName()));
  }

  /** All whole savepoints at the ends of a version's legs, the oldest first. */
  List<Path> ofLegs(VersionName version) {
    Path aside = directory.resolve(version.runName()).resolve(ASIDE);
    return all(version).stream().filter(savepoint -> !savepoint.startsWith(aside)).toList();
  }

  /**
   * Deletes a savepoint.
   *
   * @throws Refusal if it can't be
   */
  public void delete(Path savepoint) {
    try {
      Tree.delete(savepoint);
    } catch (UncheckedIOException e) {
      throw new Refusal("%s can't be deleted".formatted(savepoint), "see whether this user may", e);
    }
  }

  /** Those below a directory, by when they were written. */
  private static List<Path> whole(Path below) {
    if (!Files.isDirectory(below)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(below, DEPTH)) {
      return files
          .filter(file -> file.endsWith(METADATA))
          .sorted(Comparator.comparing(file -> file.toFile().lastModified()))
          .map(Path::getParent)
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new Refusal(
          "Savepoints in %s can't be read".formatted(below), "see whether this user may", e);
    }
  }

  private Path path(VersionName version, int leg) {
    return directory.resolve(version.runName()).resolve("leg-" + leg);
  }
}
