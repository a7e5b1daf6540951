package io.kappa.common.event.serde;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.util.StringJoiner;
import java.util.TreeMap;

/** One text for all ways to write the same JSON object: names sorted, no blanks. */
final class CanonicalJson {

  private final JsonParser parser;
  private final String field;

  private CanonicalJson(JsonParser parser, String field) {
    this.parser = parser;
    this.field = field;
  }

  /**
   * Reads the object that the parser stands on. Numbers stay as they are written.
   *
   * @param field named in a rejection
   */
  static String read(JsonParser parser, String field) throws IOException, Rejection {
    String text = new CanonicalJson(parser, field).value(1);
    if (text.length() > Limits.TEXT_LENGTH) {
      throw Rejection.absurd(
          field, text.length() + " characters", "at most %d of them".formatted(Limits.TEXT_LENGTH));
    }
    return text;
  }

  private String value(int depth) throws IOException, Rejection {
    if (depth > Limits.PARAMETERS_DEPTH) {
      throw Rejection.absurd(
          field, "nested too deep", "%d levels".formatted(Limits.PARAMETERS_DEPTH));
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(depth);
      case START_ARRAY -> array(depth);
      case VALUE_STRING -> quoted(parser.getText());
      default -> parser.getText();
    };
  }

  private String object(int depth) throws IOException, Rejection {
    TreeMap<String, String> members = new TreeMap<>();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      if (members.put(name, quoted(name) + ':' + value(depth + 1)) != null) {
        throw Rejection.absurd(field, name + " with two values", "one value a name");
      }
    }
    StringJoiner text = new StringJoiner(",", "{", "}");
    members.values().forEach(text::add);
    return text.toString();
  }

  private String array(int depth) throws IOException, Rejection {
    StringJoiner text = new StringJoiner(",", "[", "]");
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      text.add(value(depth + 1));
    }
    return text.toString();
  }

  private String quoted(String text) throws Rejection {
    if (!Unicode.isStorable(text)) {
      throw Rejection.absurd(field, text, Unicode.ALLOWED);
    }
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }
}
