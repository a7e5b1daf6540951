package io.kappa.common.event.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.common.event.Event;
import io.kappa.common.event.serde.JsonNodeOracle.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Spoils events in all kinds of ways; decoder and oracle must call each by the same reason. */
class DecoderOracleTest {

  private static final List<String> VALUES =
      List.of(
          "null",
          "\"\"",
          "\"x\"",
          "\" \"",
          "0",
          "-0",
          "1",
          "-1",
          "1.0",
          "1.5",
          "1e3",
          "-1E-3",
          "99999999999999999999",
          "-99999999999999999999",
          "9223372036854775807",
          "true",
          "false",
          "[]",
          "{}",
          "[[1],{\"at\":2}]",
          "{\"b\":1,\"a\":[1,2.50,{\"x\":null}]}",
          "\"\\u0000\"",
          "\"a\\ud800b\"",
          "\"\\udc00\"",
          "\"\\ud83d\\ude00\"",
          "\"view\"",
          "\"VIEW\"",
          "\"EUR\"",
          "\"eur\"",
          "946684800000",
          "946684799999",
          "253402300799999",
          "253402300800000",
          "10000000000000",
          "10000000000001",
          "-10000000000000",
          "-10000000000001",
          "tru",
          "'x'",
          "01",
          "+1",
          "NaN",
          "\"unended",
          "\"tab\there\"",
          '"' + "y".repeat(256) + '"',
          '"' + "y".repeat(257) + '"',
          '"' + "z".repeat(65_536) + '"',
          '"' + "z".repeat(65_537) + '"',
          "9".repeat(2000),
          "[".repeat(990) + "]".repeat(990),
          "[".repeat(1001) + "]".repeat(1001));

  private static final List<String> NAMES =
      List.of("unknown", "At", "", "at\\u0000", "\\u0061t", "a".repeat(60_000), "kind", "at");

  private static final List<String> TAILS = List.of(" ", "\n", "{}", "x", ",");

  @Provide
  Arbitrary<Worlds.Case<?>> events() {
    return Worlds.events();
  }

  @Property(tries = 1500)
  void aSpoiltFieldGetsTheReasonThatTheOracleGives(
      @ForAll("events") Worlds.Case<?> event, @ForAll Random random) {
    compare(event.topic(), spoiltFields(event.encoded(), random));
  }

  @Property(tries = 1500)
  void aSpoiltByteGetsTheReasonThatTheOracleGives(
      @ForAll("events") Worlds.Case<?> event, @ForAll Random random) {
    compare(event.topic(), spoiltBytes(event.encoded(), random));
  }

  @Property(tries = 1500)
  void anyBytesGetTheReasonThatTheOracleGives(
      @ForAll("events") Worlds.Case<?> event, @ForAll byte[] bytes) {
    compare(event.topic(), bytes);
  }

  private static <E extends Event> void compare(Topic<E> topic, byte[] value) {
    Decoded<E> decoded = topic.decoder().decode(value);
    Verdict decided =
        decoded instanceof Decoded.Ok<E> ok
            ? Verdict.event(Topics.encoder(topic).encode(ok.event()))
            : Verdict.rejected(((Decoded.Rejected<E>) decoded).reason());
    assertThat(decided)
        .as(() -> new String(value, StandardCharsets.UTF_8))
        .isEqualTo(JsonNodeOracle.judge(topic, value));
  }

  /** Replaces, drops, doubles and adds top-level fields. */
  private static byte[] spoiltFields(byte[] value, Random random) {
    List<String> fields = new ArrayList<>(TopLevel.fields(value));
    for (int i = random.nextInt(3); i >= 0; i--) {
      int place = fields.isEmpty() ? 0 : random.nextInt(fields.size());
      switch (fields.isEmpty() ? 3 : random.nextInt(4)) {
        case 0 -> fields.set(place, TopLevel.name(fields.get(place)) + ':' + any(VALUES, random));
        case 1 -> fields.remove(place);
        case 2 -> fields.add(TopLevel.name(fields.get(place)) + ": " + any(VALUES, random));
        default -> fields.add(place, '"' + any(NAMES, random) + "\" :" + any(VALUES, random));
      }
    }
    return ('{' + String.join(", ", fields) + '}').getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] spoiltBytes(byte[] value, Random random) {
    int place = random.nextInt(value.length);
    String text = new String(value, StandardCharsets.UTF_8);
    return switch (random.nextInt(5)) {
      case 0 -> Arrays.copyOf(value, place);
      case 1 -> Arrays.copyOf(value, value.length + 1 + random.nextInt(3));
      case 2 -> (text + any(TAILS, random)).getBytes(StandardCharsets.UTF_8);
      case 3 -> ('\ufeff' + text).getBytes(StandardCharsets.UTF_8);
      default -> {
        value[place] = (byte) random.nextInt(256);
        yield value;
      }
    };
  }

  private static String any(List<String> texts, Random random) {
    return texts.get(random.nextInt(texts.size()));
  }
}
