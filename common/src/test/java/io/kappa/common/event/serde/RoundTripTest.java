package io.kappa.common.event.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kappa.common.event.Activity;
import io.kappa.common.event.Event;
import io.kappa.common.event.Rule;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RoundTripTest {

  private static final Activity VIEW =
      new Activity(
          "e1", null, "i1", Activity.Kind.VIEW, 1_700_000_000_000L, null, -2L, null, "DE", null);

  @Provide
  Arbitrary<Worlds.Case<?>> events() {
    return Worlds.events();
  }

  @Property
  void whatIsWrittenReadsAsTheSameEvent(@ForAll("events") Worlds.Case<?> written) {
    assertThat(read(written)).isEqualTo(new Decoded.Ok<>(written.event()));
  }

  private static <E extends Event> Decoded<E> read(Worlds.Case<E> written) {
    return written.topic().decoder().decode(written.encoded());
  }

  @Example
  void fieldsAreWrittenInTheirOrderAndAbsentOnesLeftOut() {
    assertThat(new String(Topics.encoder(Topics.ACTIVITY).encode(VIEW), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"eventId\":\"e1\",\"itemId\":\"i1\",\"kind\":\"view\",\"at\":1700000000000,"
                + "\"quantity\":-2,\"country\":\"DE\"}");
  }

  @Example
  void theKeyIsTheTextOfTheKeyField() {
    Rule rule = new Rule("r1", "limit", "{}", 1_700_000_000_000L, null);
    assertThat(Topics.encoder(Topics.RULES).key(rule)).contains("r1");
    assertThat(Topics.encoder(Topics.ACTIVITY).key(VIEW)).isEqualTo(Optional.empty());
  }

  @Example
  void halfASurrogatePairCannotBeWritten() {
    Rule rule = new Rule("r\ud800", "limit", "{}", 1_700_000_000_000L, null);
    assertThatThrownBy(() -> Topics.encoder(Topics.RULES).encode(rule))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ruleId: r\ufffd; allowed: text without NUL and without half a surrogate pair");
  }
}
