package io.kappa.local.data;

import io.kappa.common.event.serde.Topics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

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
      awaitKnown(admin, topic);
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

  /** A broker learns of a topic a little after it was made. */
  private static void awaitKnown(Admin admin, String topic)
      throws InterruptedException, ExecutionException, TimeoutException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!isKnown(admin, topic)) {
      if (System.nanoTime() - end > 0) {
        throw new TimeoutException("the broker doesn't know it yet");
      }
      TimeUnit.MILLISECONDS.sleep(KNOWN_AFTER_MS);
    }
  }

  private static boolean isKnown(Admin admin, String topic)
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      admin.describeTopics(List.of(topic)).allTopicNames().get(SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
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
