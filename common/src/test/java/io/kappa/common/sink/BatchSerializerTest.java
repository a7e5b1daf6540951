package io.kappa.common.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchSerializerTest {

  private final BatchSerializer serializer = new BatchSerializer();

  @Test
  void aBatchComesBackAsItWas() throws IOException {
    Batch batch =
        new Batch(
            12,
            new Link(3, "b"),
            new Link(2, "a"),
            List.of(
                Chunk.rows("rides", 77, 1, 0, 5, 5, new byte[] {1, 2, 3}),
                Chunk.staged("rides", -5, 10, 2, 100, 111),
                Chunk.progress("{}".getBytes(UTF_8))));

    Batch back = serializer.deserialize(serializer.getVersion(), serializer.serialize(batch));

    assertThat(back).usingRecursiveComparison().isEqualTo(batch);
  }

  @Test
  void theFirstBatchComesBackAsTheFirst() throws IOException {
    Batch batch = new Batch(0, new Link(1, "a"), Link.START, List.of());
    assertThat(serializer.deserialize(1, serializer.serialize(batch)).previous())
        .isEqualTo(Link.START);
  }

  @Test
  void anUnknownVersionIsRefused() throws IOException {
    byte[] bytes = serializer.serialize(new Batch(0, new Link(1, "a"), Link.START, List.of()));
    assertThatThrownBy(() -> serializer.deserialize(2, bytes))
        .isInstanceOf(IOException.class)
        .hasMessage("Batch of version 2 can't be read; known is 1");
  }
}
