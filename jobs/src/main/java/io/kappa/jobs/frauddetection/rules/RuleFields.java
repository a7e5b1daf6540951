package io.kappa.jobs.frauddetection.rules;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** The parameters of one rule; each is read once, with a check, and none may be left over. */
final class RuleFields {

  /** Names aren't interned and may collide: they come from outside. */
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .build();

  private record Field(JsonToken token, String text) {}

  private final Map<String, Field> unread;
  private final TreeSet<String> read = new TreeSet<>();

  private RuleFields(Map<String, Field> fields) {
    this.unread = fields;
  }

  /**
   * @param parameters a JSON object as text
   */
  static RuleFields of(String parameters) throws BadRule {
    try (JsonParser parser = FACTORY.createParser(parameters)) {
      return new RuleFields(fields(parser));
    } catch (IOException e) {
      throw new BadRule("parameters", parameters, "a JSON object");
    }
  }

  private static Map<String, Field> fields(JsonParser parser) throws IOException, BadRule {
    Map<String, Field> fields = new TreeMap<>();
    parser.nextToken();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken token = parser.nextToken();
      if (token.isStructStart()) {
        throw new BadRule(name, token.asString(), "a number or a text");
      }
      fields.put(name, new Field(token, parser.getText()));
    }
    return fields;
  }

  /** A whole number within bounds. */
  long whole(String name, long least, long most) throws BadRule {
    String allowed = "a whole number from %d to %d".formatted(least, most);
    return number(present(name, allowed), name, least, most, allowed);
  }

  /** The same, or what holds where the rule doesn't say. */
  long whole(String name, long least, long most, long otherwise) throws BadRule {
    String allowed = "a whole number from %d to %d".formatted(least, most);
    Optional<Field> field = take(name);
    return field.isEmpty() ? otherwise : number(field.get(), name, least, most, allowed);
  }

  private static long number(Field field, String name, long least, long most, String allowed)
      throws BadRule {
    long number;
    try {
      number =
          field.token() == JsonToken.VALUE_NUMBER_INT ? Long.parseLong(field.text()) : least - 1;
    } catch (NumberFormatException e) {
      number = least - 1;
    }
    if (number < least || number > most) {
      throw new BadRule(name, field.text(), allowed);
    }
    return number;
  }

  /** A length of time above 0, in milliseconds. */
  long length(String name, long most) throws BadRule {
    String allowed = "a number with ms, s, m, h or d behind it, from 1ms to " + Lengths.text(most);
    Field field = present(name, allowed);
    return Optional.of(field)
        .filter(text -> text.token() == JsonToken.VALUE_STRING)
        .flatMap(text -> Lengths.millis(text.text()))
        .filter(millis -> millis > 0 && millis <= most)
        .orElseThrow(() -> new BadRule(name, field.text(), allowed));
  }

  /** A number above 0 with up to three digits behind the point, in thousandths. */
  long thousandths(String name, long most) throws BadRule {
    String allowed =
        "a number above 0, up to %s, with 3 digits behind the point at most"
            .formatted(Thousandths.text(most));
    Field field = present(name, allowed);
    return Optional.of(field)
        .filter(number -> number.token().isNumeric())
        .flatMap(number -> Thousandths.of(number.text()))
        .filter(thousandths -> thousandths > 0 && thousandths <= most)
        .orElseThrow(() -> new BadRule(name, field.text(), allowed));
  }

  /** Account or terminal. */
  Scope scope(String name) throws BadRule {
    String allowed = "%s or %s".formatted(Scope.ACCOUNT, Scope.TERMINAL);
    String seen = present(name, allowed).text();
    for (Scope scope : Scope.values()) {
      if (scope.toString().equals(seen)) {
        return scope;
      }
    }
    throw new BadRule(name, seen, allowed);
  }

  /** A parameter that nobody knows is more likely a mistake than a wish. */
  void end() throws BadRule {
    if (!unread.isEmpty()) {
      throw new BadRule(
          unread.keySet().iterator().next(), "unknown parameter", String.join(", ", read));
    }
  }

  private Field present(String name, String allowed) throws BadRule {
    return take(name).orElseThrow(() -> new BadRule(name, "missing", allowed));
  }

  private Optional<Field> take(String name) {
    read.add(name);
    return Optional.ofNullable(unread.remove(name))
        .filter(field -> field.token() != JsonToken.VALUE_NULL);
  }
}
