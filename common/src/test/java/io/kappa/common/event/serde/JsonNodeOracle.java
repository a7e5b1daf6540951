package io.kappa.common.event.serde;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kappa.common.event.serde.Decoded.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Says what should become of a record, slowly and by a table: parses into a tree and looks at each
 * field by what the design says of it.
 */
final class JsonNodeOracle {

  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNumberLength(Integer.MAX_VALUE)
                      .maxNameLength(Integer.MAX_VALUE)
                      .maxNestingDepth(1000)
                      .build())
              .build());

  /** Field, type, and ! where it must be there. */
  private static final Map<String, String> FIELDS =
      Map.of(
          "activity",
          "eventId id! userId id itemId id! kind kind! at time! durationMs duration quantity amount"
              + " amountCents amount country id device id",
          "posts",
          "postId id! authorId id! text text! at time! lang id",
          "follows",
          "followerId id! followeeId id! active flag! at time!",
          "transactions",
          "transactionId id! accountId id! terminalId id! amountCents amount! currency currency!"
              + " at time!",
          "labels",
          "transactionId id! accountId id! fraud flag! at time!",
          "rules",
          "ruleId id! kind id! parameters object! effectiveFrom time! effectiveTo time");

  private JsonNodeOracle() {}

  /** Either the reason to reject a record, or the fields of its event. */
  record Verdict(Optional<Reason> reason, Optional<JsonNode> event) {

    static Verdict rejected(Reason reason) {
      return new Verdict(Optional.of(reason), Optional.empty());
    }

    static Verdict event(byte[] encoded) {
      try {
        return new Verdict(Optional.empty(), Optional.of(MAPPER.readTree(encoded)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  static Verdict judge(Topic<?> topic, byte[] value) {
    if (value == null) {
      return Verdict.rejected(Reason.NULL_VALUE);
    }
    if (value.length > 1_048_576) {
      return Verdict.rejected(Reason.TOO_LARGE);
    }
    String text = new String(value, StandardCharsets.UTF_8);
    if (!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), value) || text.indexOf(0) >= 0) {
      return Verdict.rejected(Reason.NOT_JSON);
    }
    Map<String, String> types = types(topic);
    Map<String, JsonNode> seen = new LinkedHashMap<>();
    Reason first = null;
    try (JsonParser parser = MAPPER.createParser(value)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Verdict.rejected(Reason.NOT_JSON);
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        JsonNode node = MAPPER.readTree(parser);
        if (types.containsKey(name) && first == null) {
          first = judgeField(types.get(name), node, seen.get(name));
          if (!isNothing(node)) {
            seen.put(name, node);
          }
        }
      }
      if (parser.nextToken() != null) {
        return Verdict.rejected(Reason.NOT_JSON);
      }
    } catch (IOException e) {
      return Verdict.rejected(Reason.NOT_JSON);
    }
    Reason reason = first == null ? judgeWhole(types, seen) : first;
    return reason == null
        ? new Verdict(Optional.empty(), Optional.of(MAPPER.createObjectNode().setAll(seen)))
        : Verdict.rejected(reason);
  }

  private static Map<String, String> types(Topic<?> topic) {
    String[] words = FIELDS.get(topic.name()).split(" ", -1);
    Map<String, String> types = new LinkedHashMap<>();
    for (int i = 0; i < words.length; i += 2) {
      types.put(words[i], words[i + 1]);
    }
    return types;
  }

  private static boolean isNothing(JsonNode node) {
    return node.isNull() || (node.isTextual() && node.textValue().isEmpty());
  }

  private static Reason judgeField(String type, JsonNode node, JsonNode before) {
    if (node.isNull()) {
      return null;
    }
    boolean fine =
        switch (type.replace("!", "")) {
          case "id" -> isText(node, 256);
          case "text" -> isText(node, 65_536);
          case "kind" -> isText(node, 65_536);
          case "time" -> isWhole(node, 946_684_800_000L, 253_402_300_799_999L);
          case "duration" -> isWhole(node, 0, 10_000_000_000_000L);
          case "amount" -> isWhole(node, -10_000_000_000_000L, 10_000_000_000_000L);
          case "flag" -> node.isBoolean();
          case "currency" -> isText(node, 256) && (isNothing(node) || isCurrency(node));
          case "object" -> node.isObject();
          default -> throw new IllegalStateException(type);
        };
    if (!fine) {
      return Reason.ABSURD_FIELD;
    }
    if (type.startsWith("kind") && !isNothing(node) && !isKind(node)) {
      return Reason.UNKNOWN_KIND;
    }
    return isNothing(node) || before == null ? null : Reason.ABSURD_FIELD;
  }

  private static Reason judgeWhole(Map<String, String> types, Map<String, JsonNode> seen) {
    for (Map.Entry<String, String> field : types.entrySet()) {
      if (field.getValue().endsWith("!") && !seen.containsKey(field.getKey())) {
        return Reason.MISSING_FIELD;
      }
    }
    boolean backwards =
        seen.containsKey("effectiveTo")
            && seen.get("effectiveTo").longValue() < seen.get("effectiveFrom").longValue();
    return backwards ? Reason.ABSURD_FIELD : null;
  }

  private static boolean isText(JsonNode node, int longest) {
    return node.isTextual()
        && node.textValue().length() <= longest
        && node.textValue().codePoints().noneMatch(c -> c == 0 || (c >= 0xD800 && c <= 0xDFFF));
  }

  private static boolean isWhole(JsonNode node, long least, long most) {
    return node.isIntegralNumber()
        && node.canConvertToLong()
        && node.longValue() >= least
        && node.longValue() <= most;
  }

  private static boolean isKind(JsonNode node) {
    return node.textValue().matches("view|play|click|like|share|purchase|return");
  }

  private static boolean isCurrency(JsonNode node) {
    try {
      return Currency.getInstance(node.textValue()) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
