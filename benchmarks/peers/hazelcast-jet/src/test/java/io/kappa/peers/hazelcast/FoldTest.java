package io.kappa.peers.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.jet.core.test.TestInbox;
import com.hazelcast.jet.core.test.TestOutbox;
import com.hazelcast.jet.core.test.TestProcessorContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FoldTest {

  private static final long HOUR_MS = 3_600_000;

  @Test
  void decodesWhatTheKindCounts() {
    String fields =
        """
        "eventId":"e1","extra":{"itemId":"no"},"userId":"u17","itemId":"i42","at":%d,
        "durationMs":5300,"quantity":2,"amountCents":1999,"country":"Germany\"""";
    assertThat(decode("{%s,\"kind\":\"play\"}".formatted(fields.formatted(HOUR_MS))))
        .isEqualTo(new Activity("i42", "u17", "Germany", HOUR_MS, 5300, 0, 0));
    assertThat(decode("{%s,\"kind\":\"return\"}".formatted(fields.formatted(HOUR_MS))))
        .isEqualTo(new Activity("i42", "u17", "Germany", HOUR_MS, 0, 2, 1999));
    assertThat(decode("{%s,\"kind\":\"like\"}".formatted(fields.formatted(HOUR_MS))))
        .isEqualTo(new Activity("i42", "u17", "Germany", HOUR_MS, 0, 0, 0));
  }

  @Test
  void decodesWhatLacksFields() {
    assertThat(decode("{\"itemId\":\"i1\",\"at\":-1,\"kind\":\"view\",\"userId\":null}"))
        .isEqualTo(new Activity("i1", null, null, -1, 0, 0, 0));
    assertThat(decode("{\"at\":1,\"kind\":\"view\"}")).isNull();
    assertThat(decode("{\"itemId\":")).isNull();
  }

  @Test
  void survivesASnapshot() throws IOException {
    UserNumbers numbers = new UserNumbers();
    ItemState state = new ItemState("i1", numbers);
    for (int i = 0; i < 100; i++) {
      state.add(new Activity("i1", "u" + i % 40, "DE", i % 3 * HOUR_MS, 1, 2, 3));
    }
    ItemState restored = copy(state, new ItemState("i1", new UserNumbers()));
    List<String> rows = new ArrayList<>();
    restored.takeChanged(hour -> rows.add(hour.hour + " " + hour.events() + " " + hour.users()));
    assertThat(rows).containsExactlyInAnyOrder("0 34 34", "1 33 33", "2 33 33");
    assertThat(restored.events()).isEqualTo(100);
    assertThat(restored.cents()).isEqualTo(300);
    assertThat(restored.lastAt()).isEqualTo(2 * HOUR_MS);
  }

  @Test
  void forgetsWhatIsOverAndTaken() {
    CountryState state = new CountryState("DE");
    state.add(new Activity("i1", "u1", "DE", 0, 0, 0, 7));
    state.forgetBefore(5);
    state.add(new Activity("i1", "u1", "DE", 0, 0, 0, 7));
    List<Long> cents = new ArrayList<>();
    state.takeChanged(hour -> cents.add(hour.cents()));
    state.forgetBefore(5);
    state.add(new Activity("i1", "u1", "DE", 0, 0, 0, 7));
    state.takeChanged(hour -> cents.add(hour.cents()));
    assertThat(cents).containsExactly(14L, 7L);
  }

  @Test
  void foldsOnlySoMuchWhileTheWriterIsBusy() throws Exception {
    CountryFold fold = new CountryFold();
    TestOutbox outbox = new TestOutbox(1);
    fold.init(outbox, new TestProcessorContext());
    TestInbox inbox = new TestInbox();
    for (int i = 0; i < 200_000; i++) {
      inbox.queue().add(new Activity("i1", "u1", "DE", i * HOUR_MS, 0, 0, 7));
    }
    for (int i = 0; i < 10; i++) {
      fold.process(0, inbox);
      outbox.reset();
    }
    // One batch is with the writer, one is pending, and one is being made.
    assertThat(inbox.size()).isEqualTo(20_000);
    outbox.queue(0).clear();
    fold.process(0, inbox);
    outbox.reset();
    outbox.queue(0).clear();
    fold.process(0, inbox);
    assertThat(inbox.isEmpty()).isTrue();
  }

  private static Activity decode(String json) {
    return Decoder.decode(json.getBytes(StandardCharsets.UTF_8));
  }

  private static ItemState copy(ItemState from, ItemState to) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    from.write(new DataOutputStream(bytes));
    to.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    return to;
  }
}
