package io.kappa.common.event.serde;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.kappa.common.event.Event;
import io.kappa.common.event.serde.Decoded.Reason;
import java.io.IOException;
import java.util.Optional;

/**
 * The JSON of one topic's events, both ways. Reading: unknown fields are ignored, {@code null} and
 * empty texts are the same as no field at all, and a field with two values is absurd.
 */
abstract class JsonCodec<E extends Event> implements EventDecoder<E>, EventEncoder<E> {

  private static final long serialVersionUID = 1L;

  private static final int DEEPEST = 1000;

  /** Names aren't interned and may collide: they come from outside. */
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxNameLength(MAX_BYTES)
                  .maxNumberLength(MAX_BYTES)
                  .maxStringLength(MAX_BYTES)
                  .build())
          .build();

  private static final ThreadLocal<ParserOfMany> PARSERS =
      ThreadLocal.withInitial(() -> new ParserOfMany(FACTORY));

  /** Reads the fields of one event; the reader stands before the first. */
  abstract E read(FieldReader in) throws IOException, Rejection;

  /** Writes the fields of one event, in the order of their declaration. */
  abstract void write(E event, FieldWriter out) throws IOException;

  @Override
  public final byte[] encode(E event) {
    return FieldWriter.write(FACTORY, out -> write(event, out));
  }

  @Override
  public final Decoded<E> decode(byte[] value) {
    if (value == null) {
      return new Decoded.Rejected<>(Reason.NULL_VALUE, "the record has no value");
    }
    if (value.length > MAX_BYTES) {
      return new Decoded.Rejected<>(
          Reason.TOO_LARGE, "%d bytes; allowed: %d".formatted(value.length, MAX_BYTES));
    }
    if (!Utf8.isText(value)) {
      return notJson("bytes that are no text in UTF-8");
    }
    return decodeAmongMany(value).orElseGet(() -> decodeAlone(value));
  }

  /** Empty if there is anything wrong with the record, or it needs a parser of its own. */
  private Optional<Decoded<E>> decodeAmongMany(byte[] value) {
    ParserOfMany parser = PARSERS.get();
    try {
      JsonParser before = parser.before(value);
      if (before.nextToken() == JsonToken.START_OBJECT) {
        E event = read(new FieldReader(before, Utf8.hasBackslash(value)));
        if (parser.isBehind()) {
          return Optional.of(new Decoded.Ok<>(event));
        }
      }
    } catch (IOException | Rejection | RuntimeException e) {
      // What is wrong with it, a parser of its own says.
    }
    parser.drop();
    return Optional.empty();
  }

  /** The same with a parser of its own, which says what is wrong with the record. */
  private Decoded<E> decodeAlone(byte[] value) {
    try (JsonParser parser = FACTORY.createParser(value)) {
      return decode(parser, Utf8.hasBackslash(value));
    } catch (JsonProcessingException e) {
      return notJson(Shown.parserMessage(e));
    } catch (IOException | RuntimeException e) {
      // A record must never restart a job, not even one that a parser's own mistake trips over.
      return notJson(e.toString());
    }
  }

  private Decoded<E> decode(JsonParser parser, boolean escapes) throws IOException {
    JsonToken first = parser.nextToken();
    if (first != JsonToken.START_OBJECT) {
      return notJson("%s; allowed: an object".formatted(first == null ? "nothing" : first));
    }
    Decoded<E> decoded;
    try {
      decoded = new Decoded.Ok<>(read(new FieldReader(parser, escapes)));
    } catch (Rejection e) {
      decoded = new Decoded.Rejected<>(e.reason(), e.getMessage());
      skipObject(parser);
    }
    return parser.nextToken() == null ? decoded : notJson("more after the object's end");
  }

  /** So that a record cut short is called that, even if a field before the cut is wrong too. */
  private static void skipObject(JsonParser parser) throws IOException {
    while (!parser.getParsingContext().inRoot()) {
      parser.nextToken();
    }
  }

  private Decoded<E> notJson(String detail) {
    return new Decoded.Rejected<>(Reason.NOT_JSON, Shown.text(detail));
  }
}
