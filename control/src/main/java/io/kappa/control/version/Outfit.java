package io.kappa.control.version;

import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * What an upgrade changes of a version.
 *
 * @param jarSha256 of the jar's bytes, in hexadecimal
 * @param jar where the jar lies
 * @param parameters every parameter, as text
 * @param parallelism the engine's default if empty
 */
public record Outfit(
    String jarSha256, String jar, Map<String, String> parameters, OptionalInt parallelism) {

  private static final int SHORT = 12;

  public Outfit {
    parameters = new TreeMap<>(parameters);
  }

  /** In a few words. */
  public String inShort() {
    return "jar %s at %s"
        .formatted(
            jarSha256.substring(0, Math.min(SHORT, jarSha256.length())),
            parallelism.isPresent()
                ? "parallelism " + parallelism.getAsInt()
                : "default parallelism");
  }
}
