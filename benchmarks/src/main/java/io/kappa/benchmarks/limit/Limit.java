package io.kappa.benchmarks.limit;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Reads a log to its end in plain Java, and does as much with it as its level says. */
@Command(name = "limit")
public final class Limit implements Callable<Integer> {

  private static final long BETWEEN_COMMITS_MS = 1_000;

  @Option(names = "--level", required = true)
  private Level level;

  @Option(names = "--bootstrap", required = true)
  private String bootstrap;

  @Option(names = "--topic", required = true)
  private String topic;

  @Option(names = "--jdbc", required = true)
  private String jdbc;

  @Option(names = "--user", required = true)
  private String user;

  @Option(names = "--schema", required = true)
  private String schema;

  @Option(names = "--parallelism", required = true)
  private int parallelism;

  @SuppressWarnings("UnusedVariable") // All contenders are given one.
  @Option(names = "--directory")
  private String directory;

  /** Reads; exits with 0 at the end. The password is in {@code PEER_PASSWORD}. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Limit()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    List<LogReader> readers = readers();
    ExecutorService threads = Executors.newFixedThreadPool(parallelism);
    try {
      List<Future<Long>> ends = new ArrayList<>();
      readers.forEach(reader -> ends.add(threads.submit(reader)));
      if (level == Level.COMMIT_EACH_SECOND) {
        commitEachSecond(readers, ends);
      }
      for (Future<Long> end : ends) {
        end.get();
      }
      if (level == Level.COPY_AT_END) {
        copyAtEnd(readers);
      }
      return 0;
    } finally {
      threads.shutdownNow();
    }
  }

  private List<LogReader> readers() throws Exception {
    int partitions;
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
      partitions =
          admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().size();
    }
    List<LogReader> readers = new ArrayList<>();
    for (int i = 0; i < parallelism; i++) {
      int mine = i;
      List<TopicPartition> own =
          IntStream.range(0, partitions)
              .filter(partition -> partition % parallelism == mine)
              .mapToObj(partition -> new TopicPartition(topic, partition))
              .toList();
      readers.add(new LogReader(bootstrap, own, level, i, parallelism));
    }
    return readers;
  }

  private void copyAtEnd(List<LogReader> readers) throws SQLException, IOException {
    try (Connection connection = connect()) {
      Sums whole = new Sums();
      readers.forEach(reader -> whole.add(reader.take().sums()));
      new Tables(connection, schema, false).fill(whole);
    }
  }

  private void commitEachSecond(List<LogReader> readers, List<Future<Long>> ends)
      throws SQLException, IOException, InterruptedException {
    try (Connection connection = connect()) {
      Tables tables = new Tables(connection, schema, true);
      Sums whole = new Sums();
      boolean over = false;
      while (!over) {
        over = ends.stream().allMatch(Future::isDone);
        long begun = System.nanoTime();
        commit(readers, tables, whole);
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        if (!over && took < BETWEEN_COMMITS_MS) {
          Thread.sleep(BETWEEN_COMMITS_MS - took);
        }
      }
    }
  }

  private static void commit(List<LogReader> readers, Tables tables, Sums whole)
      throws SQLException, IOException {
    Sums changed = new Sums();
    Map<TopicPartition, Long> next = new HashMap<>();
    for (LogReader reader : readers) {
      LogReader.Taken taken = reader.take();
      changed.add(taken.sums());
      next.putAll(taken.next());
    }
    whole.add(changed);
    tables.set(changed, whole, next);
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbc, user, System.getenv("PEER_PASSWORD"));
  }
}
