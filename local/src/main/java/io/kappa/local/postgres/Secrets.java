package io.kappa.local.postgres;

import io.kappa.local.StackException;
import io.kappa.local.process.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The roles' passwords, a file each that only its owner reads. */
public record Secrets(Path directory) {

  private static final int BYTES = 24;

  /** The file with a role's password. */
  public Path file(String role) {
    return directory.resolve(role + ".password");
  }

  /**
   * A role's password.
   *
   * @throws StackException if there is none
   */
  public String password(String role) {
    try {
      return Files.readString(file(role)).strip();
    } catch (IOException e) {
      throw new StackException(
          "The password of %s can't be read from %s".formatted(role, file(role)),
          "start the stack once with './kappa up', or put the file back",
          e);
    }
  }

  /** Makes up a password for the role, unless it has one. */
  void ensure(String role) {
    if (!Files.exists(file(role))) {
      byte[] random = new byte[BYTES];
      new SecureRandom().nextBytes(random);
      DurableFile.writeSecret(file(role), HexFormat.of().formatHex(random) + "\n");
    }
  }
}
