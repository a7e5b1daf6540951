package io.kappa.local.postgres;

import io.kappa.local.StackException;
import io.kappa.local.process.Launch;
import io.kappa.local.process.Waiting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs PostgreSQL's programs as somebody they accept. They refuse to run as root; in a user
 * namespace of its own, root is nobody in particular, and its files are still its own.
 */
final class OrdinaryUser {

  private static final List<String> OWN_NAMESPACE = List.of("unshare", "-U");

  private OrdinaryUser() {}

  static Launch launch(List<String> command, Path directory) {
    List<String> whole = new ArrayList<>(isRoot() ? OWN_NAMESPACE : List.of());
    whole.addAll(command);
    return new Launch(whole, Map.of("LC_ALL", "C"), directory);
  }

  /**
   * @throws StackException if this is root, and it may not have a user namespace
   */
  static void check() {
    if (isRoot() && !namespaceAllowed()) {
      throw new StackException(
          "PostgreSQL refuses to run as root, and user namespaces aren't allowed here",
          "give the command as an ordinary user");
    }
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static boolean namespaceAllowed() {
    List<String> command = new ArrayList<>(OWN_NAMESPACE);
    command.add("true");
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw Waiting.interrupted(e);
    }
  }
}
