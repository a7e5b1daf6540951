package io.kappa.control.replay;

import io.kappa.control.Refusal;
import io.kappa.control.version.VersionName;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where savepoints of versions lie: one directory a leg. */
public final class SavepointShelf {

  private record Found(Path path, FileTime written) {}

  private static final String METADATA = "_metadata";

  /** Below the directory of a version: the leg's, the savepoint's, and the file. */
  private static final int DEPTH = 3;

  private final Path directory;

  public SavepointShelf(Path directory) {
    this.directory = directory;
  }

  /** Where the savepoint at the end of a leg goes. */
  String of(VersionName version, int leg) {
    return path(version, leg).toUri().toString();
  }

  /**
   * The newest whole savepoint of a leg. A leg can stop with just one, after which nothing writes
   * there.
   */
  Optional<String> newest(VersionName version, int leg) {
    Path ofLeg = path(version, leg);
    if (!Files.isDirectory(ofLeg)) {
      return Optional.empty();
    }
    List<Found> found = new ArrayList<>();
    try (DirectoryStream<Path> savepoints = Files.newDirectoryStream(ofLeg)) {
      for (Path savepoint : savepoints) {
        Path metadata = savepoint.resolve(METADATA);
        if (Files.exists(metadata)) {
          found.add(new Found(savepoint, Files.getLastModifiedTime(metadata)));
        }
      }
    } catch (IOException e) {
      throw new Refusal(
          "Savepoints in %s can't be read".formatted(ofLeg), "see whether this user may", e);
    }
    return found.stream()
        .max(Comparator.comparing(Found::written))
        .map(newest -> newest.path().toUri().toString());
  }

  /** All whole savepoints of a version, the oldest first. */
  public List<Path> all(VersionName version) {
    Path ofVersion = directory.resolve(version.runName());
    if (!Files.isDirectory(ofVersion)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(ofVersion, DEPTH)) {
      return files
          .filter(file -> file.endsWith(METADATA))
          .sorted(Comparator.comparing(file -> file.toFile().lastModified()))
          .map(Path::getParent)
          .toList();
    } catch (IOException e) {
      throw new Refusal(
          "Savepoints in %s can't be read".formatted(ofVersion), "see whether this user may", e);
    }
  }

  private Path path(VersionName version, int leg) {
    return directory.resolve(version.runName()).resolve("leg-" + leg);
  }
}
