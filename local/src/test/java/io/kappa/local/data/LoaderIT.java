package io.kappa.local.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kappa.common.event.Activity;
import io.kappa.common.event.serde.Topic;
import io.kappa.common.event.serde.Topics;
import io.kappa.local.junit.LocalStack;
import io.kappa.local.process.FreePort;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class LoaderIT {

  private static final Progress UNHEARD = (done, total, records) -> {};

  @RegisterExtension static final LocalStack stack = LocalStack.brokerAndStore();

  @TempDir Path directory;

  @Test
  void aMissingTopicIsMadeForALogAndOneThatIsThereStaysAsItIs() throws Exception {
    String name = stack.freshTopicName("made");

    assertThat(TopicCreation.ensure(stack.bootstrapServers(), name, 3)).isTrue();
    assertThat(TopicCreation.ensure(stack.bootstrapServers(), name, 5)).isFalse();

    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
      Config config = admin.describeConfigs(List.of(topic)).all().get().get(topic);
      assertThat(config.get("cleanup.policy").value()).isEqualTo("delete");
      assertThat(config.get("retention.ms").value()).isEqualTo("-1");
      assertThat(config.get("retention.bytes").value()).isEqualTo("-1");
      assertThat(config.get("message.timestamp.type").value()).isEqualTo("LogAppendTime");
      assertThat(config.get("max.message.bytes").value()).isEqualTo("16777216");
      assertThat(admin.describeTopics(List.of(name)).allTopicNames().get().get(name).partitions())
          .hasSize(3);
    }
  }

  @Test
  void aTopicIsMadeOnceTheBrokerKnowsIt() {
    String name = stack.freshTopicName("slow");
    AtomicInteger asked = new AtomicInteger();

    try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
      assertThat(TopicCreation.ensure(knowingItLater(admin, asked), name, 1)).isTrue();
    }

    assertThat(asked).hasValue(3);
  }

  /** At first it is asked for a topic that nobody has, as a broker is that hasn't heard of one. */
  private static Admin knowingItLater(Admin admin, AtomicInteger asked) {
    return (Admin)
        Proxy.newProxyInstance(
            Admin.class.getClassLoader(),
            new Class<?>[] {Admin.class},
            (proxy, method, given) ->
                method.getName().equals("listOffsets") && asked.incrementAndGet() < 3
                    ? admin.listOffsets(
                        Map.of(new TopicPartition("not-" + asked, 0), OffsetSpec.latest()))
                    : method.invoke(admin, given));
  }

  @Test
  void aBrokerThatIsNotThereIsNamed() {
    String nobody = "127.0.0.1:" + FreePort.pick("127.0.0.1");
    assertThatThrownBy(() -> TopicCreation.ensure(nobody, "t", 1))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("topic t: could not be made");
  }

  @Test
  void aFileIsLoadedKeyByKeyAndGeneratedRecordsArriveAlikeTwice() throws Exception {
    Topic<Activity> first = fresh();
    Topic<Activity> second = fresh();
    Path file = directory.resolve("activity.ndjson");
    List<String> lines = new ArrayList<>();
    GeneratorSettings clean =
        GeneratorSettings.standard(3)
            .withShares(new GeneratorSettings.Shares(0.2, 0.1, 0.01, 0.1, 0));
    Iterator<Message> records = ActivityGenerator.records(clean);
    for (int i = 0; i < 5000; i++) {
      lines.add(new String(records.next().value(), StandardCharsets.UTF_8));
    }
    Files.write(file, lines);

    try (Producer<byte[], byte[]> producer = LogProducer.open(stack.bootstrapServers())) {
      LoadResult loaded =
          new Loader(producer)
              .load(
                  file,
                  first,
                  Optional.empty(),
                  UNHEARD,
                  (line, reason) -> {
                    throw new AssertionError(line + ": " + reason);
                  });
      assertThat(loaded.sent()).isEqualTo(5000);
      long sent =
          new GeneratorProducer(producer, second)
              .send(ActivityGenerator.records(clean), 5000, () -> false, UNHEARD);
      assertThat(sent).isEqualTo(5000);
    }

    List<List<String>> loaded = partitions(first.name());
    assertThat(loaded.stream().mapToInt(List::size).sum()).isEqualTo(5000);
    assertThat(loaded).allMatch(partition -> partition.size() > 500);
    assertThat(partitions(second.name())).isEqualTo(loaded);
  }

  private static Topic<Activity> fresh() {
    Topic<Activity> like = Topics.ACTIVITY;
    String name = stack.freshTopic("loaded", 4);
    return new Topic<>(name, like.eventType(), like.keyField(), like.decoder());
  }

  /** What each partition holds, as {@code key=value}. */
  private static List<List<String>> partitions(String topic) {
    Map<String, Object> config = Map.of("bootstrap.servers", stack.bootstrapServers());
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> all =
          consumer.partitionsFor(topic).stream()
              .map(PartitionInfo::partition)
              .sorted()
              .map(partition -> new TopicPartition(topic, partition))
              .toList();
      return all.stream().map(partition -> records(consumer, partition)).toList();
    }
  }

  private static List<String> records(
      KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition) {
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
    long end = consumer.endOffsets(List.of(partition)).get(partition);
    List<String> records = new ArrayList<>();
    while (consumer.position(partition) < end) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
        records.add(text(record.key()) + "=" + text(record.value()));
      }
    }
    return records;
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "none" : new String(bytes, StandardCharsets.UTF_8);
  }
}
