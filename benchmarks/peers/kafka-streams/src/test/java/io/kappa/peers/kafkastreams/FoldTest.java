package io.kappa.peers.kafkastreams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From the JSON to the rows, without Kafka and PostgreSQL. */
class FoldTest {

  private static final long AT = 1_736_121_600_123L;

  private final EventReader reader = new EventReader();
  private final Event event = new Event();

  @Test
  void readsWhatTheTablesNeed() {
    assertThat(
            read(
                """
                {"eventId":"e1","userId":"u17","itemId":"ï42","kind":"return","at":1736121600123,
                "durationMs":null,"quantity":-1,"amountCents":-1999,"country":"Österreich",
                "device":"tv","more":{"at":[1,2]}}"""))
        .isTrue();
    assertThat(event.user.toString()).isEqualTo("u17");
    assertThat(event.item.toString()).isEqualTo("ï42");
    assertThat(event.country.toString()).isEqualTo("Österreich");
    assertThat(event.at).isEqualTo(AT);
    assertThat(event.isTrade).isTrue();
    assertThat(event.isWatch).isFalse();
    assertThat(event.quantity).isEqualTo(-1);
    assertThat(event.amountCents).isEqualTo(-1999);
    assertThat(event.durationMs).isZero();
  }

  @Test
  void forgetsTheRecordBefore() {
    read(line("u1", "i1", "view", AT));
    assertThat(read("{\"itemId\":\"i2\",\"at\":7}")).isTrue();
    assertThat(event.user.isEmpty()).isTrue();
    assertThat(event.isWatch).isFalse();
    assertThat(event.durationMs).isZero();
  }

  @Test
  void refusesWhatIsNoEvent() {
    assertThat(read("{\"itemId\":\"i2\"}")).isFalse();
    assertThat(read("{\"at\":7}")).isFalse();
    assertThat(read("[]")).isFalse();
    assertThat(read("{\"itemId\":\"i2\",\"at\":7")).isFalse();
  }

  @Test
  void bundlesComeOutAsTheyWentIn() {
    Bundle bundle = new Bundle();
    read(line("u1", "i1", "view", AT));
    bundle.add(event);
    read(line(null, "i1", "purchase", AT + 1));
    bundle.add(event);
    read(line("u2", "i2", "click", AT + 2));
    bundle.add(event);
    bundle.add("DE".getBytes(UTF_8), 482_256, 3, 10, -5);
    List<String> seen = new ArrayList<>();
    Bundle.read(bundle.take(), listing(seen));
    assertThat(seen)
        .containsExactly("i1 0 u1 50 0 0", "i1 1  0 2 300", "i2 2 u2 0 0 0", "DE 482256 3 10 -5");
    assertThat(bundle.isEmpty()).isTrue();
  }

  @Test
  void countsUsersOnceAcrossTheStore() {
    Out scratch = new Out(16);
    ItemHour hour = new ItemHour();
    for (int round = 0; round < 3; round++) {
      for (int user = 0; user < 1000; user++) {
        byte[] id = ("u" + user).getBytes(UTF_8);
        hour.add(1, 2, 3);
        hour.users().add(id, 0, id.length);
        if (user % 100 == 7 || user < 12) {
          hour = new ItemHour(hour.toBytes(scratch));
        }
      }
    }
    assertThat(hour.row(9)).containsExactly(9, 3000, 1000, 3000, 6000, 9000);
  }

  @Test
  void countsLongIdsToo() {
    UserSet users = new UserSet();
    byte[] id = "ü".repeat(256).getBytes(UTF_8);
    users.add(id, 0, id.length);
    users.add(id, 0, id.length - 2);
    users.add(id, 0, id.length);
    assertThat(users.count()).isEqualTo(2);
  }

  @Test
  void addsUpTotalsAcrossTheStore() {
    Out scratch = new Out(16);
    ItemTotal total = new ItemTotal();
    total.add(AT, 1, 100);
    total = new ItemTotal(total.toBytes(scratch));
    total.add(AT - 5, -1, -100);
    assertThat(total.row()).containsExactly(2, 0, 0, AT - 5, AT);
  }

  @Test
  void takesTheLatestPartOfEachPartition() {
    Out scratch = new Out(16);
    CountryHour hour = new CountryHour();
    hour.set(2, 5, 50);
    hour.set(0, 1, 10);
    hour = new CountryHour(hour.toBytes(scratch));
    hour.set(2, 7, 40);
    assertThat(hour.row(9)).containsExactly(9, 8, 50);
  }

  @Test
  void forgetsValuesThatStayAsTheyAre() {
    List<String> loaded = new ArrayList<>();
    Hot<String, ItemTotal> hot =
        new Hot<>(
            key -> {
              loaded.add(key);
              return new ItemTotal();
            });
    hot.change("a");
    hot.change("a");
    hot.change("b");
    assertThat(hot.changed()).hasSize(2);
    hot.settle();
    hot.change("a");
    assertThat(hot.changed()).hasSize(1);
    hot.settle();
    hot.change("a");
    hot.change("b");
    assertThat(loaded).containsExactly("a", "b", "b");
  }

  private boolean read(String json) {
    return reader.read(json.getBytes(UTF_8), event);
  }

  private static String line(String user, String item, String kind, long at) {
    return """
        {"userId":%s,"itemId":"%s","kind":"%s","at":%d,"durationMs":50,"quantity":2,
        "amountCents":300}"""
        .formatted(user == null ? "null" : '"' + user + '"', item, kind, at);
  }

  private static Bundle.Reader listing(List<String> seen) {
    return new Bundle.Reader() {
      @Override
      public void event(
          String item, long at, In in, int userLength, long watchMs, long quantity, long cents) {
        String user = new String(in.bytes(), in.position(), userLength, UTF_8);
        seen.add("%s %d %s %d %d %d".formatted(item, at - AT, user, watchMs, quantity, cents));
      }

      @Override
      public void country(String country, long hour, int partition, long events, long cents) {
        seen.add("%s %d %d %d %d".formatted(country, hour, partition, events, cents));
      }
    };
  }
}
