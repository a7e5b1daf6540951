package io.kappa.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.common.event.Activity;
import io.kappa.common.event.Activity.Kind;
import io.kappa.common.event.serde.Decoded;
import io.kappa.common.event.serde.Topics;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShapeTest {

  private static final Activity EVENT =
      new Activity(
          "e1", "u1", "i1", Kind.PURCHASE, 1_736_164_800_000L, null, 2L, 399L, "DE", "phone");

  @Test
  void withoutAWishAValueStaysAsItIs() {
    byte[] value = encoded(EVENT);

    assertThat(Shape.AS_IT_IS.value(value, 0, new Random(1))).isSameAs(value);
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 2_000})
  void aWiderValueIsTheSameEvent(int bytes) {
    byte[] wide = Shape.AS_IT_IS.wide(bytes).value(encoded(EVENT), 0, new Random(1));

    assertThat(wide).hasSizeBetween(bytes, bytes + 60);
    assertThat(decoded(wide)).isEqualTo(EVENT);
  }

  @Test
  void aSlimValueHasOnlyWhatKeysNeed() {
    byte[] slim = Shape.AS_IT_IS.slim().value(encoded(EVENT), 0, new Random(1));

    assertThat(decoded(slim))
        .isEqualTo(
            new Activity(
                "e1", "u1", "i1", Kind.PURCHASE, EVENT.at(), null, null, null, "DE", null));
  }

  @Test
  void oneWhoOnlyCountsHasNeitherUserNorCountry() {
    byte[] counted = Shape.AS_IT_IS.ofItem().value(encoded(EVENT), 0, new Random(1));

    assertThat(counted).hasSizeLessThan(70);
    assertThat(decoded(counted))
        .isEqualTo(
            new Activity(
                "e1", null, "i1", Kind.PURCHASE, EVENT.at(), null, null, null, null, null));
  }

  @Test
  void aRepeatedValueIsAnotherEventLater() {
    Shape twice = Shape.AS_IT_IS.repeated(3, Duration.ofDays(10));
    byte[] value = encoded(EVENT);

    assertThat(decoded(twice.value(value, 0, new Random(1)))).isEqualTo(EVENT);
    Activity third = decoded(twice.value(value, 2, new Random(1)));
    assertThat(third.eventId()).isEqualTo("e1-2");
    assertThat(third.at()).isEqualTo(EVENT.at() + Duration.ofDays(20).toMillis());
    assertThat(third.amountCents()).isEqualTo(399);
  }

  private static byte[] encoded(Activity event) {
    return Topics.encoder(Topics.ACTIVITY).encode(event);
  }

  private static Activity decoded(byte[] value) {
    return ((Decoded.Ok<Activity>) Topics.ACTIVITY.decoder().decode(value)).event();
  }
}
