package io.kappa.control.replay;

import io.kappa.control.Refusal;
import io.kappa.control.version.Frontier;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks the broker about topics; waits a bounded time. */
public final class LogAdmin implements AutoCloseable {

  private final String bootstrap;
  private final Duration patience;
  private final Admin admin;

  /**
   * @param bootstrap {@code host:port} of a broker
   * @param patience how long to wait for each answer
   */
  public LogAdmin(String bootstrap, Duration patience) {
    this.bootstrap = bootstrap;
    this.patience = patience;
    Properties properties = new Properties();
    properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    properties.put(AdminClientConfig.CLIENT_ID_CONFIG, "kappa");
    properties.put(
        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(patience.toMillis()));
    properties.put(
        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(patience.toMillis() / 2));
    properties.put(AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG, "false");
    this.admin = Admin.create(properties);
  }

  /**
   * What the broker says of these topics.
   *
   * @throws Refusal if there is no such topic, or the broker doesn't answer
   */
  public List<TopicFacts> facts(Collection<String> topics) {
    Map<String, TopicDescription> described = described(topics);
    Map<ConfigResource, Config> configs =
        ask(() -> admin.describeConfigs(topics.stream().map(LogAdmin::resource).toList()).all());
    Set<TopicPartition> partitions = partitions(described.values());
    Map<TopicPartition, Long> first = offsets(partitions, OffsetSpec.earliest());
    Map<TopicPartition, Long> end = offsets(partitions, OffsetSpec.latest());
    return described.values().stream()
        .map(topic -> facts(topic, configs.get(resource(topic.name())), first, end))
        .toList();
  }

  /**
   * Where these topics end for somebody who reads what is committed only.
   *
   * @throws Refusal if there is no such topic, or the broker doesn't answer
   */
  public Frontier ends(Collection<String> topics) {
    Map<String, TopicDescription> described = described(topics);
    Map<TopicPartition, Long> end = offsets(partitions(described.values()), OffsetSpec.latest());
    return Frontier.of(
        topics.stream()
            .collect(Collectors.toMap(Function.identity(), topic -> of(topic, end), (a, b) -> a)));
  }

  /**
   * Where the last record lies that a reader gets, before these ends: a log may end with what none
   * gets, as the mark of a transaction, and nobody ever comes past that.
   *
   * @param start where reading begins
   * @return for each partition the offset after its last record; its start if there is none
   * @throws Refusal if the broker doesn't answer
   */
  public Frontier lastRecords(Frontier start, Frontier ends) {
    return new LogTail(bootstrap, patience).of(start, ends);
  }

  /** How many bytes these topics have on the brokers' disks, each partition counted once. */
  public long bytes(Collection<String> topics) {
    List<Integer> brokers =
        ask(() -> admin.describeCluster().nodes()).stream().map(Node::id).toList();
    Map<TopicPartition, Long> sizes = new HashMap<>();
    for (Map<String, LogDirDescription> dirs :
        ask(() -> admin.describeLogDirs(brokers).allDescriptions()).values()) {
      for (LogDirDescription dir : dirs.values()) {
        dir.replicaInfos()
            .forEach((partition, replica) -> sizes.merge(partition, replica.size(), Math::max));
      }
    }
    return sizes.entrySet().stream()
        .filter(size -> topics.contains(size.getKey().topic()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** The names of all topics that aren't the broker's own. */
  public Set<String> names() {
    return new TreeSet<>(ask(() -> admin.listTopics().names()));
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }

  private static TopicFacts facts(
      TopicDescription topic,
      Config config,
      Map<TopicPartition, Long> first,
      Map<TopicPartition, Long> end) {
    return new TopicFacts(
        topic.name(),
        topic.topicId().toString(),
        config.get("cleanup.policy").value(),
        Long.parseLong(config.get("retention.ms").value()),
        Long.parseLong(config.get("retention.bytes").value()),
        config.get("message.timestamp.type").value(),
        of(topic.name(), first),
        of(topic.name(), end));
  }

  private static ConfigResource resource(String topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic);
  }

  private static Set<TopicPartition> partitions(Collection<TopicDescription> topics) {
    return topics.stream()
        .flatMap(
            topic ->
                topic.partitions().stream()
                    .map(partition -> new TopicPartition(topic.name(), partition.partition())))
        .collect(Collectors.toSet());
  }

  private static SortedMap<Integer, Long> of(String topic, Map<TopicPartition, Long> offsets) {
    TreeMap<Integer, Long> own = new TreeMap<>();
    offsets.forEach(
        (partition, offset) -> {
          if (partition.topic().equals(topic)) {
            own.put(partition.partition(), offset);
          }
        });
    return own;
  }

  private Map<TopicPartition, Long> offsets(Set<TopicPartition> partitions, OffsetSpec spec) {
    Map<TopicPartition, OffsetSpec> wanted =
        partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> spec));
    Map<TopicPartition, ListOffsetsResultInfo> found =
        ask(
            () ->
                admin
                    .listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                    .all());
    return found.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
  }

  private <T> T ask(Supplier<KafkaFuture<T>> question) {
    try {
      return question.get().get();
    } catch (ExecutionException e) {
      throw refusal(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal("Stopped while waiting for Kafka", "give the same command again", e);
    }
  }

  private Refusal refusal(Throwable cause) {
    if (cause instanceof UnknownTopicOrPartitionException) {
      return new Refusal(
          "A topic was deleted while it was asked for", "give the same command again", cause);
    }
    return new Refusal(
        "Kafka at %s doesn't answer within %d s".formatted(bootstrap, patience.toSeconds()),
        "./kappa up starts it again",
        cause);
  }

  private Map<String, TopicDescription> described(Collection<String> topics) {
    Set<String> names = names();
    for (String topic : topics) {
      if (!names.contains(topic)) {
        throw new Refusal(
            "There is no topic %s; there is %s"
                .formatted(topic, names.isEmpty() ? "none yet" : String.join(", ", names)),
            "./kappa load %s FILE makes and fills it; ./kappa generate makes topics too"
                .formatted(topic));
      }
    }
    return ask(() -> admin.describeTopics(topics).allTopicNames());
  }
}
