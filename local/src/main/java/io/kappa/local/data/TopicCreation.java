package io.kappa.local.data;

import static java.util.stream.Collectors.toMap;

import io.kappa.common.event.serde.Topics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes topics as a log needs them: append-only, kept without end, stamped by the broker. */
public final class TopicCreation {

  /** How many partitions most topics get where nobody says. */
  public static final int PARTITIONS = 4;

  private static final int SECONDS = 15;
  private static final int KNOWN_AFTER_MS = 20;

  private static final Map<String, String> CONFIG =
      Map.of(
          TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE,
          TopicConfig.RETENTION_MS_CONFIG, "-1",
          TopicConfig.RETENTION_BYTES_CONFIG, "-1",
          TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime",
          TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(16 << 20));

  private TopicCreation() {}

  /** How many partitions a topic gets where nobody says. */
  public static int partitionsOf(String topic) {
    // Rules are few, and a partition without events keeps its readers' time from moving.
    return topic.equals(Topics.RULES.name()) ? 1 : PARTITIONS;
  }

  /**
   * Makes the topic where it is missing; one that is there stays as it is.
   *
   * @return whether it was missing
   * @throws DataException if the broker can't be reached or refuses
   */
  public static boolean ensure(String bootstrapServers, String topic, int partitions) {
    Map<String, Object> config =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            SECONDS * 1000,
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
            SECONDS * 1000);
    try (Admin admin = Admin.create(config)) {
      return ensure(admin, topic, partitions);
    }
  }

  /** {@link #ensure(String, String, int)} with an admin client that is there already. */
  public static boolean ensure(Admin admin, String topic, int partitions) {
    NewTopic wanted =
        new NewTopic(topic, Optional.of(partitions), Optional.empty()).configs(CONFIG);
    try {
      admin.createTopics(List.of(wanted)).all().get(SECONDS, TimeUnit.SECONDS);
      awaitPartitions(admin, topic, partitions);
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicExistsException) {
        return false;
      }
      throw refused(topic, e.getCause());
    } catch (TimeoutException e) {
      throw refused(topic, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw refused(topic, e);
    }
  }

  /**
   * Waits until the broker has made all partitions of a new topic. It tells of a topic before that,
   * and a record that an idempotent producer sends in between may never be taken (KAFKA-15591): the
   * record before it was refused, so that all its repeats are out of order.
   */
  public static void awaitPartitions(Admin admin, String topic, int partitions)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<TopicPartition, OffsetSpec> ends =
        IntStream.range(0, partitions)
            .boxed()
            .collect(toMap(p -> new TopicPartition(topic, p), p -> OffsetSpec.latest()));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!answer(admin, ends)) {
      if (System.nanoTime() - end > 0) {
        throw new TimeoutException("the broker doesn't have its partitions yet");
      }
      TimeUnit.MILLISECONDS.sleep(KNOWN_AFTER_MS);
    }
  }

  /** Only a partition's leader can say where it ends. */
  private static boolean answer(Admin admin, Map<TopicPartition, OffsetSpec> ends)
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      admin.listOffsets(ends).all().get(SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RetriableException) {
        return false;
      }
      throw e;
    }
  }

  private static DataException refused(String topic, Throwable cause) {
    return new DataException(
        "topic %s: could not be made (%s: %s)"
            .formatted(topic, cause.getClass().getSimpleName(), cause.getMessage()),
        "See that the broker is up",
        cause);
  }
}
