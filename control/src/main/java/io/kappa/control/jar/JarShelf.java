package io.kappa.control.jar;

import io.kappa.control.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Keeps the jar of each version under the digest of its bytes, so that a rebuild can't change it.
 */
public final class JarShelf {

  /** A jar that is kept. */
  public record Kept(Path path, String sha256) {}

  private final Path directory;

  public JarShelf(Path directory) {
    this.directory = directory;
  }

  /**
   * Keeps a copy of the jar, if there isn't one yet.
   *
   * @throws Refusal if the jar can't be read or the copy not written
   */
  public Kept keep(Path jar) {
    try {
      String digest = digest(jar);
      Path kept = directory.resolve(digest + ".jar");
      if (!Files.exists(kept)) {
        Files.createDirectories(directory);
        Path half = Files.createTempFile(directory, "half", ".tmp");
        Files.copy(jar, half, StandardCopyOption.REPLACE_EXISTING);
        Files.move(half, kept, StandardCopyOption.ATOMIC_MOVE);
      }
      return new Kept(kept, digest);
    } catch (IOException e) {
      throw new Refusal(
          "Jar %s can't be kept in %s: %s".formatted(jar, directory, e.getMessage()),
          "see whether the jar is there and the disk has room",
          e);
    }
  }

  /**
   * Whether the jar isn't the one that is kept under this digest. A jar that isn't there is no
   * other one.
   */
  public boolean isAnother(Path jar, String sha256) {
    try {
      return Files.isRegularFile(jar) && !digest(jar).equals(sha256);
    } catch (IOException e) {
      throw new Refusal("Jar %s can't be read".formatted(jar), "see whether this user may", e);
    }
  }

  /**
   * The digest of a jar's bytes.
   *
   * @throws Refusal if it can't be read
   */
  public String digestOf(Path jar) {
    try {
      return digest(jar);
    } catch (IOException e) {
      throw new Refusal("Jar %s can't be read".formatted(jar), "see whether it is there", e);
    }
  }

  private static String digest(Path jar) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(Files.readAllBytes(jar));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
