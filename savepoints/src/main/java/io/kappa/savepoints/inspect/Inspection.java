package io.kappa.savepoints.inspect;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is in a savepoint, for who asks through a class loader of its own. */
public final class Inspection {

  private Inspection() {}

  /**
   * The {@link Facts} about a savepoint, and its path; classes are those of the thread's context.
   *
   * @throws UnreadableSavepointException if there is no savepoint, or part of it is missing
   */
  public static Map<String, Object> of(String directory) {
    ClassLoader classes = Thread.currentThread().getContextClassLoader();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("path", directory);
    facts.putAll(Facts.of(new SavepointReader(classes).read(Path.of(directory))));
    return facts;
  }
}
