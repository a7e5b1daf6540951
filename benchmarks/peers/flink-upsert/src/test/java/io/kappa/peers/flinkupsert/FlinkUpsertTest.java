package io.kappa.peers.flinkupsert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FlinkUpsertTest {

  @Test
  void tradeCountsMoneyAndWatchCountsTime() throws IOException {
    String fields = "\"durationMs\":5300,\"quantity\":2,\"amountCents\":1999";
    assertThat(decoded("view", fields))
        .isEqualTo(new ItemEvent("i42", "u17", "Germany", 1736121600123L, 5300, 0, 0));
    assertThat(decoded("return", fields))
        .isEqualTo(new ItemEvent("i42", "u17", "Germany", 1736121600123L, 0, 2, 1999));
    assertThat(decoded("like", fields))
        .isEqualTo(new ItemEvent("i42", "u17", "Germany", 1736121600123L, 0, 0, 0));
  }

  @Test
  void whatIsMissingNullOrUnknownIsNothing() throws IOException {
    assertThat(
            decoded(
                "{\"itemId\":\"i1\",\"userId\":null,\"country\":\"\",\"x\":{\"at\":[1]},\"at\":5}"))
        .isEqualTo(new ItemEvent("i1", null, null, 5, 0, 0, 0));
    assertThatThrownBy(() -> decoded("{\"at\":5}")).isInstanceOf(IOException.class);
  }

  @Test
  void rowsAddUp() {
    ItemEvent first = new ItemEvent("i1", "u1", null, 7_200_000, 10, 1, 100);
    ItemEvent second = new ItemEvent("i1", "u1", null, 7_199_999, 5, -1, -100);
    assertThat(ItemTotal.empty("i1").with(first).with(second))
        .isEqualTo(new ItemTotal("i1", 2, 0, 0, 7_199_999, 7_200_000));
    assertThat(ItemHour.empty("i1", 2).with(first, 1).with(first, 1))
        .isEqualTo(new ItemHour("i1", 2, 2, 1, 20, 2, 200));
    assertThat(CountryHour.empty("c", 2).with(new CountryEvent("c", 7_200_000, 3)))
        .isEqualTo(new CountryHour("c", 2, 1, 3));
  }

  @Test
  void hoursAreFloored() {
    assertThat(Hours.of(7_199_999)).isEqualTo(1);
    assertThat(Hours.of(-1)).isEqualTo(-1);
    assertThat(Hours.of(Hours.start(2))).isEqualTo(2);
    assertThat(Hours.of(Hours.last(2))).isEqualTo(2);
  }

  private static ItemEvent decoded(String kind, String fields) throws IOException {
    return decoded(
        """
        {"eventId":"e1","userId":"u17","itemId":"i42","kind":"%s","at":1736121600123,%s,
         "country":"Germany","device":"tv"}"""
            .formatted(kind, fields));
  }

  private static ItemEvent decoded(String json) throws IOException {
    return new EventDecoder().deserialize(json.getBytes(StandardCharsets.UTF_8));
  }
}
