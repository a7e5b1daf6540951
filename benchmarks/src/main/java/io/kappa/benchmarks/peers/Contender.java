package io.kappa.benchmarks.peers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A program that reads the log and fills tables.
 *
 * @param name as it stands in the table of figures
 * @param command the JVM, its class path, the main class and what else it's given
 * @param ends whether it ends by itself at the log's end
 * @param fillsTables whether there are tables in the end
 * @param lacks what it doesn't do that ours does
 */
record Contender(
    String name, List<String> command, boolean ends, boolean fillsTables, String lacks) {

  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  /** The collector that our TaskManager has, so that nobody is ahead by another one. */
  private static final String COLLECTOR = "-XX:+UseParallelGC";

  /** Plain Java at the limit of a replay. */
  static final String COPY = "plain Java, one COPY at the end";

  /** Ours as a first version that lives. */
  static final String OURS_LIVE = "ours, live";

  /** Ours as a replay beside it. */
  static final String OURS_REPLAY = "ours, replay";

  static final List<String> OURS = List.of(OURS_LIVE, OURS_REPLAY);

  /** All but ours, in the order of the page. */
  static List<Contender> all(Path home) {
    List<Contender> all = new ArrayList<>();
    all.add(limit(home, "plain Java, consume", "CONSUME", false, "everything else"));
    all.add(limit(home, "plain Java, decode", "DECODE", false, "everything else"));
    all.add(limit(home, "plain Java, add up", "AGGREGATE", false, "tables"));
    all.add(
        limit(
            home,
            COPY,
            "COPY_AT_END",
            true,
            "state that survives, anything to see before the end, copies, late events"));
    all.add(
        limit(
            home,
            "plain Java, a commit a second",
            "COMMIT_EACH_SECOND",
            true,
            "state that survives, copies, late events"));
    all.add(
        peer(
            home,
            "Kafka Streams",
            "kafka-streams",
            "io.kappa.peers.kafkastreams.KafkaStreamsPeer",
            "rows once, one cut over the tables, copies, late events"));
    all.add(
        peer(
            home,
            "Flink SQL, mini-batch",
            "flink-sql",
            "io.kappa.peers.flinksql.FlinkSqlPeer",
            "one cut over the tables, copies, late events"));
    all.add(
        peer(
            home,
            "Hazelcast Jet",
            "hazelcast-jet",
            "io.kappa.peers.hazelcast.HazelcastPeer",
            "state on a disk, one cut over the tables, copies, late events"));
    all.add(
        peer(
            home,
            "Flink, upsert sink",
            "flink-upsert",
            "io.kappa.peers.flinkupsert.FlinkUpsertPeer",
            "one cut over the tables, copies, late events"));
    return all;
  }

  /** What these and ours are called, in the order of the page. */
  static List<String> names(List<Contender> contenders) {
    return Stream.concat(contenders.stream().map(Contender::name), OURS.stream()).toList();
  }

  private static Contender limit(
      Path home, String name, String level, boolean fillsTables, String lacks) {
    String path =
        "%s:%s/*"
            .formatted(
                home.resolve("benchmarks/target/kappa-benchmarks.jar"),
                home.resolve("target/kappa/lib/cli"));
    return new Contender(
        name,
        List.of(
            JAVA,
            "-Xmx4g",
            COLLECTOR,
            "-Dkappa.logs=" + home.resolve("target/bench"),
            "-cp",
            path,
            "io.kappa.benchmarks.limit.Limit",
            "--level=" + level),
        true,
        fillsTables,
        lacks);
  }

  private static Contender peer(Path home, String name, String module, String main, String lacks) {
    Path target = home.resolve("benchmarks/peers").resolve(module).resolve("target");
    String path =
        "%s:%s/*"
            .formatted(
                target.resolve("kappa-peer-%s.jar".formatted(module)), target.resolve("lib"));
    List<String> command = new ArrayList<>(List.of(JAVA, "-Xmx2500m", COLLECTOR));
    command.addAll(OPENED);
    command.addAll(List.of("-cp", path, main));
    return new Contender(name, List.copyOf(command), false, true, lacks);
  }

  /** What Flink and Hazelcast ask for. */
  private static final List<String> OPENED =
      List.of(
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-opens=java.management/sun.management=ALL-UNNAMED",
          "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED");
}
