package io.kappa.common.config;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the jobs jar is started with: which version of which job, and where log and store are. There
 * are no secrets in it, only the names of files that hold them.
 *
 * @param kafka {@code host:port} of the log
 * @param kafkaSettings Kafka client settings, from {@code --kafka-setting NAME=VALUE}
 * @param store JDBC URL of the serving store
 * @param parallelism empty for the cluster's default
 * @param batchRows how many changed rows of a table a subtask keeps in memory between two
 *     checkpoints; more are staged in the store
 * @param follows the ledger's link as whoever submits saw it, so that a submission which comes late
 *     is refused; the empty text before the first commit
 */
public record RunArguments(
    String job,
    int version,
    String kafka,
    Map<String, String> kafkaSettings,
    String store,
    String storeUser,
    String storePasswordFile,
    OptionalInt parallelism,
    OptionalInt batchRows,
    Optional<String> follows) {

  private static final List<String> NEEDED =
      List.of("version", "kafka", "store", "store-user", "store-password-file");
  private static final List<String> OPTIONAL =
      List.of("parallelism", "batch-rows", "kafka-setting", "follows");

  /** How it's called, with an example. */
  public static final String USAGE =
      """
      Usage: flink run kappa-jobs.jar JOB --version N --kafka HOST:PORT --store JDBC-URL
                 --store-user USER --store-password-file FILE
                 [--parallelism N] [--batch-rows N] [--kafka-setting NAME=VALUE]...
                 [--follows LINK]
      Example: flink run -d kappa-jobs.jar activity-metrics --version 1 --kafka localhost:9092
                 --store jdbc:postgresql://localhost:5432/kappa --store-user kappa_job
                 --store-password-file /etc/kappa/job.password
      The version has to be in the catalogue: `kappa start JOB --no-submit` makes it.""";

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException with all problems, numbered, and the usage
   */
  public static RunArguments parse(String... args) {
    List<String> problems = new ArrayList<>();
    Map<String, String> values = new LinkedHashMap<>();
    Map<String, String> settings = new TreeMap<>();
    Optional<String> job = read(args, values, settings, problems);
    if (job.isEmpty()) {
      problems.add("which job? name it first");
    }
    NEEDED.stream()
        .filter(name -> !values.containsKey(name))
        .forEach(name -> problems.add("--%s is missing".formatted(name)));
    OptionalInt version = whole("version", 99_999, values, problems);
    OptionalInt parallelism = whole("parallelism", 99_999, values, problems);
    OptionalInt batchRows = whole("batch-rows", 10_000_000, values, problems);
    Optional<String> follows = link(values, problems);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(numbered(problems) + "\n" + USAGE);
    }
    return new RunArguments(
        job.orElseThrow(),
        version.orElseThrow(),
        values.get("kafka"),
        settings,
        values.get("store"),
        values.get("store-user"),
        values.get("store-password-file"),
        parallelism,
        batchRows,
        follows);
  }

  private static Optional<String> read(
      String[] args,
      Map<String, String> values,
      Map<String, String> settings,
      List<String> problems) {
    Optional<String> job = Optional.empty();
    Iterator<String> words = List.of(args).iterator();
    while (words.hasNext()) {
      String word = words.next();
      if (!word.startsWith("--")) {
        if (job.isPresent()) {
          problems.add("'%s': one job at a time".formatted(word));
        }
        job = Optional.of(word);
        continue;
      }
      String name = word.substring(2);
      String value = words.hasNext() ? words.next() : null;
      if (!NEEDED.contains(name) && !OPTIONAL.contains(name)) {
        problems.add("--%s: no such option; there is %s".formatted(name, known()));
      } else if (value == null) {
        problems.add("--%s has no value".formatted(name));
      } else if (name.equals("kafka-setting")) {
        setting(value, settings, problems);
      } else if (values.put(name, value) != null && name.equals("follows")) {
        problems.add("--follows is given twice");
      }
    }
    return job;
  }

  private static String known() {
    TreeSet<String> names = new TreeSet<>(NEEDED);
    names.addAll(OPTIONAL);
    return "--" + String.join(", --", names);
  }

  private static void setting(String text, Map<String, String> settings, List<String> problems) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      problems.add("--kafka-setting '%s': allowed is NAME=VALUE".formatted(text));
      return;
    }
    settings.put(text.substring(0, equals), text.substring(equals + 1));
  }

  private static OptionalInt whole(
      String name, int most, Map<String, String> values, List<String> problems) {
    String text = values.get(name);
    if (text == null) {
      return OptionalInt.empty();
    }
    if (!text.matches("[1-9]\\d{0,8}") || Integer.parseInt(text) > most) {
      problems.add("--%s '%s': allowed is a whole number from 1 to %d".formatted(name, text, most));
      return OptionalInt.empty();
    }
    return OptionalInt.of(Integer.parseInt(text));
  }

  private static Optional<String> link(Map<String, String> values, List<String> problems) {
    Optional<String> link = Optional.ofNullable(values.get("follows"));
    if (link.isPresent() && !link.get().matches("(\\d+/\\S+)?")) {
      problems.add(
          "--follows '%s': allowed is a link of the ledger, RUN/NAME, or the empty text"
              .formatted(link.get()));
    }
    return link;
  }

  private static String numbered(List<String> problems) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < problems.size(); i++) {
      all.append(i == 0 ? "" : "\n").append(i + 1).append(". ").append(problems.get(i));
    }
    return all.toString();
  }
}
