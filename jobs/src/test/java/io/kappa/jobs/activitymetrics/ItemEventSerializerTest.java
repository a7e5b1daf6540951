package io.kappa.jobs.activitymetrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class ItemEventSerializerTest {

  private static final TypeSerializer<ItemEvent> SERIALIZER =
      TypeInformation.of(ItemEvent.class).createSerializer(new SerializerConfigImpl());

  @Test
  void flinkFindsItByTheClass() {
    assertThat(SERIALIZER).isInstanceOf(ItemEventSerializer.class);
  }

  @Test
  void whatIsWrittenIsReadOneAfterTheOther() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<ItemEvent> events = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      events.add(event(random));
    }
    DataOutputSerializer out = new DataOutputSerializer(64);
    for (ItemEvent event : events) {
      SERIALIZER.serialize(event, out);
    }
    DataOutputSerializer copied = new DataOutputSerializer(64);
    DataInputDeserializer written = new DataInputDeserializer(out.getCopyOfBuffer());
    for (int i = 0; i < events.size(); i++) {
      SERIALIZER.copy(written, copied);
    }

    DataInputDeserializer in = new DataInputDeserializer(copied.getCopyOfBuffer());
    List<ItemEvent> read = new ArrayList<>();
    while (in.available() > 0) {
      read.add(SERIALIZER.deserialize(in));
    }

    assertThat(read).as("seed %d", seed).isEqualTo(events);
  }

  private static ItemEvent event(Random random) {
    return new ItemEvent(
        text(random),
        EventKey.of(random.nextBoolean() ? text(random) : null, text(random)),
        random.nextBoolean() ? text(random) : null,
        random.nextLong(),
        number(random),
        number(random),
        number(random));
  }

  private static long number(Random random) {
    return random.nextBoolean() ? random.nextLong() : 0;
  }

  private static String text(Random random) {
    return List.of("i1", "Österreich", "日本 \uD83D\uDE00", "x".repeat(300)).get(random.nextInt(4));
  }
}
