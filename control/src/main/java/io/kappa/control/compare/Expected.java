package io.kappa.control.compare;

import io.kappa.common.table.Identifier;
import io.kappa.control.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * Expectations, and where they came from.
 *
 * @param by {@code jar}, or the path of a file
 * @param sha256 of the text, in hexadecimal; empty if there was none
 */
public record Expected(String by, String sha256, Expectations expectations) {

  /** What {@link #by} says of those that a jar carries. */
  public static final String JAR = "jar";

  /** Nothing was declared. */
  public static final Expected NOTHING = new Expected(JAR, "", Expectations.NONE);

  /**
   * Those that a jar carries for one of its jobs, as {@code expectations/<job>.yaml}; {@link
   * #NOTHING} if it carries none.
   *
   * @throws Refusal if the jar can't be read, or says something that isn't allowed
   */
  public static Expected inJar(Path jar, Identifier job) {
    String name = "expectations/%s.yaml".formatted(job);
    try (JarFile file = new JarFile(jar.toFile())) {
      ZipEntry entry = file.getEntry(name);
      if (entry == null) {
        return NOTHING;
      }
      try (InputStream in = file.getInputStream(entry)) {
        return of(JAR, "%s in %s".formatted(name, jar), in.readAllBytes());
      }
    } catch (IOException e) {
      throw new Refusal(
          "The expectations of %s can't be read from %s".formatted(job, jar),
          "see whether the jar is there and whole",
          e);
    }
  }

  /**
   * Those in a file.
   *
   * @throws Refusal if the file can't be read, or says something that isn't allowed
   */
  public static Expected inFile(Path file) {
    Path path = file.toAbsolutePath().normalize();
    try {
      return of(path.toString(), path.toString(), Files.readAllBytes(path));
    } catch (IOException e) {
      throw new Refusal(
          "There is no file %s that can be read".formatted(path),
          "give the path of a YAML file with expectations; docs/compare.md says how it's written",
          e);
    }
  }

  /** What the digest of that file is now; empty if it can't be read. */
  public static Optional<String> digestNow(Path file) {
    try {
      return Optional.of(digest(Files.readAllBytes(file)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Expected of(String by, String place, byte[] text) {
    Expectations expectations =
        ExpectationsText.parse(place, new String(text, StandardCharsets.UTF_8));
    return new Expected(by, digest(text), expectations);
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
