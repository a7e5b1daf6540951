package io.kappa.common.event.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kappa.common.event.Follow;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;

class TopicsTest {

  @Test
  void thereAreSixTopicsFoundByTheirNames() {
    assertThat(Topics.all().stream().map(Topic::name))
        .containsExactly("activity", "posts", "follows", "transactions", "labels", "rules");
    for (Topic<?> topic : Topics.all()) {
      assertThat(Topics.named(topic.name())).contains(topic);
    }
    assertThat(Topics.named("Activity")).isEmpty();
  }

  @Test
  void theKeyFieldIsAFieldOfTheEvent() {
    for (Topic<?> topic : Topics.all()) {
      List<String> fields =
          Arrays.stream(topic.eventType().getRecordComponents())
              .map(RecordComponent::getName)
              .toList();
      assertThat(fields).contains(topic.keyField());
    }
  }

  @Test
  void flinkSerialisesEveryEventWithoutKryo() {
    for (Topic<?> topic : Topics.all()) {
      PojoTestUtils.assertSerializedAsPojoWithoutKryo(topic.eventType());
    }
  }

  @Test
  void aDecoderWorksOnWhereItWasSent() throws Exception {
    byte[] follow =
        Topics.encoder(Topics.FOLLOWS).encode(new Follow("a", "b", true, 1_700_000_000_000L));
    for (Topic<?> topic : Topics.all()) {
      Topic<?> sent = (Topic<?>) copy(topic);
      assertThat(sent.decoder().decode(follow)).isEqualTo(topic.decoder().decode(follow));
    }
  }

  @Test
  void theEventsOfAnUnknownTopicCannotBeWritten() {
    Topic<Follow> likes =
        new Topic<>("likes", Follow.class, "followerId", value -> new Decoded.Ok<>(null));
    assertThatThrownBy(() -> Topics.encoder(likes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "topic likes: nobody knows how to write its events; there is"
                + " [activity, posts, follows, transactions, labels, rules]");
  }

  private static Object copy(Object original) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(original);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return in.readObject();
    }
  }
}
