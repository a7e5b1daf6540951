package io.kappa.control.upgrade;

import io.kappa.common.table.TableShape;
import io.kappa.control.Refusal;
import io.kappa.control.jar.JobDescription;
import io.kappa.control.jar.JobDescription.ParameterDescription;
import io.kappa.control.version.Version;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What an upgrade may not change: the topics that a version reads, the tables that it writes, and
 * the parameters that it was given. Another of those is another version.
 */
final class Surface {

  private Surface() {}

  /**
   * The parameters that the version has with the new jar: its own, and new ones' defaults.
   *
   * @param before the job as the version's jar tells it
   * @param after the job as the new jar tells it
   * @throws Refusal if the new jar's job is another one
   */
  static Map<String, String> parameters(
      Version version, JobDescription before, JobDescription after) {
    refuse(
        version,
        "reads topics " + after.topics(),
        Set.copyOf(before.topics()).equals(Set.copyOf(after.topics())));
    Map<String, TableShape> old = tables(before);
    Map<String, TableShape> now = tables(after);
    Set<String> differing = new TreeSet<>(old.keySet());
    differing.addAll(now.keySet());
    differing.removeIf(table -> old.containsKey(table) && old.get(table).equals(now.get(table)));
    refuse(version, "writes other tables: " + differing, differing.isEmpty());
    Map<String, String> parameters = new TreeMap<>(version.parameters());
    Set<String> gone = new TreeSet<>(parameters.keySet());
    for (ParameterDescription parameter : after.parameters()) {
      gone.remove(parameter.name());
      parameters.putIfAbsent(parameter.name(), parameter.defaultText());
    }
    refuse(version, "has no parameter " + gone, gone.isEmpty());
    return parameters;
  }

  private static Map<String, TableShape> tables(JobDescription job) {
    return job.tables().stream().collect(Collectors.toMap(TableShape::name, table -> table));
  }

  private static void refuse(Version version, String what, boolean fine) {
    if (!fine) {
      throw new Refusal(
          "The jar's %s %s, which makes it another version than %s"
              .formatted(version.name().job(), what, version.name()),
          "nothing was stopped; ./kappa replay %s --jar FILE makes a new version of it"
              .formatted(version.name().job()));
    }
  }
}
