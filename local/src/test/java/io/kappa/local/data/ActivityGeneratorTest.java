package io.kappa.local.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kappa.common.event.Activity;
import io.kappa.common.event.Activity.Kind;
import io.kappa.common.event.serde.Decoded;
import io.kappa.common.event.serde.Decoded.Reason;
import io.kappa.common.event.serde.Topics;
import io.kappa.local.data.GeneratorSettings.Shares;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ActivityGeneratorTest {

  private static final int MANY = 100_000;
  private static final GeneratorSettings SETTINGS =
      GeneratorSettings.standard(7).over(MANY, Duration.ofDays(7));
  private static final GeneratorSettings CLEAN = SETTINGS.withShares(Shares.NONE);

  @Test
  void theSameSettingsMakeTheSameBytesOnAnyMachine() throws NoSuchAlgorithmException {
    assertThat(hash(SETTINGS))
        .isEqualTo("c7cc6157a28c7d47df8b800e53c8c6b1310fc3a856cb50a0010c94dc8926f65a");
  }

  @Test
  void anotherSeedOrAnotherStartMakesOtherIds() {
    Set<String> ids = new HashSet<>();
    events(CLEAN, 1000).forEach(event -> ids.add(event.eventId()));
    events(CLEAN.from(SETTINGS.startAt() + 1), 1000).forEach(event -> ids.add(event.eventId()));
    GeneratorSettings other = GeneratorSettings.standard(8).withShares(Shares.NONE);
    events(other, 1000).forEach(event -> ids.add(event.eventId()));

    assertThat(ids).hasSize(3000);
  }

  @Test
  void eventTimePassesFromTheStartByTheSameStep() {
    List<Activity> events = events(CLEAN, MANY);

    for (int i = 0; i < MANY; i++) {
      assertThat(events.get(i).at())
          .isEqualTo(GeneratorSettings.START_AT + TimeUnit.DAYS.toMillis(7) * i / MANY);
    }
    assertThat(events(CLEAN.atRate(500).from(1_800_000_000_000L), 3).stream().map(Activity::at))
        .containsExactly(1_800_000_000_000L, 1_800_000_000_002L, 1_800_000_000_004L);
  }

  @Test
  void theKeyIsTheUser() {
    RecordStream<Activity> records = ActivityGenerator.records(SETTINGS.withShares(Shares.NONE));
    for (int i = 0; i < 1000; i++) {
      Message message = records.next();
      assertThat(new String(message.key(), StandardCharsets.UTF_8))
          .isEqualTo(event(message).userId());
    }
  }

  @Test
  void aFewItemsGetMostOfTheAttentionAndAllGetSome() {
    Map<String, Integer> perItem = new HashMap<>();
    events(CLEAN.withPopulation(1000, 500), MANY)
        .forEach(event -> perItem.merge(event.itemId(), 1, Integer::sum));
    List<Integer> counts = new ArrayList<>(perItem.values());
    counts.sort(Collections.reverseOrder());

    // Zipf with exponent 1 over 500 items: the first has 1 / H(500), the first ten 43 %.
    assertThat(counts).hasSize(500);
    assertThat((double) counts.get(0) / MANY).isCloseTo(0.147, within(0.01));
    assertThat(counts.subList(0, 10).stream().mapToInt(n -> n).sum() / (double) MANY)
        .isCloseTo(0.431, within(0.02));
  }

  @Test
  void withoutSkewEveryItemGetsAboutTheSame() {
    GeneratorSettings even =
        new GeneratorSettings(7, GeneratorSettings.START_AT, 1, 100, 10, 0, Shares.NONE);
    Map<String, Integer> perItem = new HashMap<>();
    events(even, MANY).forEach(event -> perItem.merge(event.itemId(), 1, Integer::sum));

    assertThat(perItem).hasSize(10);
    assertThat(perItem.values()).allMatch(n -> Math.abs(n - MANY / 10) < MANY / 50);
  }

  @Test
  void everyKindHappensAndCarriesWhatBelongsToIt() {
    Map<Kind, Integer> perKind = new EnumMap<>(Kind.class);
    for (Activity event : events(CLEAN, MANY)) {
      perKind.merge(event.kind(), 1, Integer::sum);
      boolean trade = event.kind() == Kind.PURCHASE || event.kind() == Kind.RETURN;
      boolean watched = event.kind() == Kind.VIEW || event.kind() == Kind.PLAY;
      assertThat(event.quantity() != null && event.amountCents() != null).isEqualTo(trade);
      assertThat(event.durationMs() != null).isEqualTo(watched);
    }

    assertThat(perKind.keySet()).isEqualTo(EnumSet.allOf(Kind.class));
    assertThat(perKind.get(Kind.VIEW)).isCloseTo(MANY / 2, within(MANY / 50));
  }

  @Test
  void aReturnFollowsThePurchaseThatItUndoesOnce() {
    Map<List<Object>, Integer> open = new HashMap<>();
    int returns = 0;
    for (Activity event : events(CLEAN, MANY)) {
      if (event.kind() == Kind.PURCHASE) {
        open.merge(trade(event, event.quantity(), event.amountCents()), 1, Integer::sum);
      } else if (event.kind() == Kind.RETURN) {
        returns++;
        List<Object> undone = trade(event, -event.quantity(), -event.amountCents());
        assertThat(open.merge(undone, -1, Integer::sum)).isNotNegative();
      }
    }

    assertThat(returns).isGreaterThan(100);
  }

  @Test
  void flawsHappenAsOftenAsAskedFor() {
    Shares shares = new Shares(0.05, 0.03, 0.01, 0.02, 0.01);
    RecordStream<Activity> records = ActivityGenerator.records(SETTINGS.withShares(shares));
    Flaws flaws = new Flaws();
    for (int i = 0; i < MANY; i++) {
      flaws.add(records.next(), SETTINGS.startAt() + TimeUnit.DAYS.toMillis(7) * i / MANY);
    }

    assertThat(flaws.share(flaws.copies)).isCloseTo(0.02, within(0.002));
    assertThat(flaws.share(flaws.broken)).isCloseTo(0.01, within(0.002));
    assertThat(flaws.share(flaws.late)).isCloseTo(0.01, within(0.002));
    assertThat(flaws.share(flaws.outOfOrder)).isCloseTo(0.03, within(0.003));
    assertThat(flaws.share(flaws.anonymous)).isCloseTo(0.05, within(0.01));
    assertThat(flaws.reasons)
        .isEqualTo(
            EnumSet.of(
                Reason.NULL_VALUE,
                Reason.NOT_JSON,
                Reason.MISSING_FIELD,
                Reason.UNKNOWN_KIND,
                Reason.ABSURD_FIELD));
  }

  /** Counts flaws from the outside, by what the records say. */
  private static final class Flaws {

    private final Map<ByteBuffer, ByteBuffer> keyOfValue = new HashMap<>();
    private final Set<Reason> reasons = EnumSet.noneOf(Reason.class);
    private int copies;
    private int broken;
    private int late;
    private int outOfOrder;
    private int anonymous;

    void add(Message message, long now) {
      Decoded<Activity> decoded = Topics.ACTIVITY.decoder().decode(message.value());
      if (decoded instanceof Decoded.Rejected<Activity> rejected) {
        broken++;
        reasons.add(rejected.reason());
        return;
      }
      ByteBuffer key = message.key() == null ? null : ByteBuffer.wrap(message.key());
      ByteBuffer value = ByteBuffer.wrap(message.value());
      if (keyOfValue.containsKey(value)) {
        copies++;
        assertThat(keyOfValue.get(value)).isEqualTo(key);
        return;
      }
      keyOfValue.put(value, key);
      Activity event = ((Decoded.Ok<Activity>) decoded).event();
      long behind = now - event.at();
      late += behind > TimeUnit.HOURS.toMillis(24) ? 1 : 0;
      outOfOrder += behind > 0 && behind <= TimeUnit.HOURS.toMillis(24) ? 1 : 0;
      anonymous += event.userId() == null ? 1 : 0;
    }

    double share(int count) {
      return count / (double) MANY;
    }
  }

  private static List<Object> trade(Activity event, long quantity, long amountCents) {
    return List.of(event.userId(), event.itemId(), quantity, amountCents);
  }

  private static List<Activity> events(GeneratorSettings settings, int count) {
    RecordStream<Activity> records = ActivityGenerator.records(settings);
    List<Activity> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(event(records.next()));
    }
    return events;
  }

  private static Activity event(Message message) {
    return ((Decoded.Ok<Activity>) Topics.ACTIVITY.decoder().decode(message.value())).event();
  }

  private static String hash(GeneratorSettings settings) throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    RecordStream<Activity> records = ActivityGenerator.records(settings);
    for (int i = 0; i < MANY; i++) {
      Message message = records.next();
      digest.update(message.key() == null ? new byte[] {0} : message.key());
      digest.update(message.value() == null ? new byte[] {0} : message.value());
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
