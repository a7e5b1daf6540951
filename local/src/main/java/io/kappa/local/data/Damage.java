package io.kappa.local.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/** Ways in which a record stops being an event. */
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

  Damage(SplittableRandom random) {
    this.random = random;
  }

  /** What is left of the value; {@code null}: nothing at all. */
  byte[] done(byte[] value) {
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
