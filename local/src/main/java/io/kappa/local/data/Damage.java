package io.kappa.local.data;

import io.kappa.common.event.serde.Decoded;
import io.kappa.common.event.serde.EventDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/** Ways in which a record stops being an event of its topic. */
final class Damage {

  private static final List<UnaryOperator<String>> WAYS =
      List.of(
          json -> json.substring(0, json.length() / 2),
          json -> "",
          json -> "<xml>" + json + "</xml>",
          json -> "[" + json + "]",
          json -> "{}",
          json -> json + json,
          json -> instead(json, "\"at\":", "\"at\":-"),
          json -> instead(json, "\"at\":", "\"at\":\"yesterday\",\"seen\":"),
          json -> instead(json, "\"at\":", "\"when\":"),
          json -> instead(json, "Id\":\"", "Id\":\"\\u0000"),
          json -> instead(json, "\"kind\":\"", "\"kind\":\"un"));

  private final SplittableRandom random;
  private final EventDecoder<?> decoder;

  /**
   * @param decoder what readers of the topic make of a record
   */
  Damage(SplittableRandom random, EventDecoder<?> decoder) {
    this.random = random;
    this.decoder = decoder;
  }

  /**
   * What is left of the value, which no reader takes for an event; {@code null}: nothing at all.
   */
  byte[] done(byte[] value) {
    byte[] left = tried(value);
    // Not every way hurts every topic: the kind of a rule may be any text.
    return decoder.decode(left) instanceof Decoded.Ok<?> ? half(value) : left;
  }

  private static byte[] half(byte[] value) {
    return Arrays.copyOf(value, value.length / 2);
  }

  private byte[] tried(byte[] value) {
    int way = random.nextInt(WAYS.size() + 2);
    if (way == WAYS.size()) {
      return null;
    }
    if (way > WAYS.size()) {
      byte[] bytes = Arrays.copyOf(value, value.length);
      bytes[random.nextInt(bytes.length)] = (byte) 0xFF;
      return bytes;
    }
    String json = new String(value, StandardCharsets.UTF_8);
    return WAYS.get(way).apply(json).getBytes(StandardCharsets.UTF_8);
  }

  /** Where the event has nothing of the kind, its end is cut off. */
  private static String instead(String json, String part, String other) {
    int at = json.indexOf(part);
    return at < 0
        ? json.substring(0, json.length() - 1)
        : json.substring(0, at) + other + json.substring(at + part.length());
  }
}
