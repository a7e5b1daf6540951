package io.kappa.local.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.local.junit.LocalStack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.RegisterExtension;

class TopicCreationIT {

  @RegisterExtension static final LocalStack stack = LocalStack.brokerAndStore();

  private static final int RECORDS = 3_000;
  private static final int PARTITIONS = 4;

  /** Without the wait for the partitions some topics never take some of them. */
  @RepeatedTest(30)
  void aFreshTopicTakesEachRecordThatIsSentAtOnce() throws Exception {
    String topic = stack.freshTopicName("new");
    // Many batches are on their way at a time.
    Map<String, Object> client =
        Map.of(
            "bootstrap.servers",
            stack.bootstrapServers(),
            "batch.size",
            4_000,
            "delivery.timeout.ms",
            60_000);
    List<Future<RecordMetadata>> sent = new ArrayList<>();

    assertThat(TopicCreation.ensure(stack.bootstrapServers(), topic, PARTITIONS)).isTrue();
    try (var producer =
        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < RECORDS; i++) {
        sent.add(producer.send(new ProducerRecord<>(topic, i % PARTITIONS, null, new byte[200])));
      }
      for (Future<RecordMetadata> each : sent) {
        assertThat(each.get(60, TimeUnit.SECONDS).hasOffset()).isTrue();
      }
    }
  }
}
