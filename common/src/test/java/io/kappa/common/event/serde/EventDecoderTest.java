package io.kappa.common.event.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.common.event.Activity;
import io.kappa.common.event.Event;
import io.kappa.common.event.Post;
import io.kappa.common.event.Rule;
import io.kappa.common.event.serde.Decoded.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EventDecoderTest {

  private static final String REST = "\"eventId\":\"e\",\"itemId\":\"i\",\"kind\":\"view\"";
  private static final String AT = "\"at\":1700000000000";

  @Test
  void aRecordWithoutAValueIsRejectedAsNullValue() {
    assertThat(Topics.ACTIVITY.decoder().decode(null))
        .isEqualTo(rejected(Reason.NULL_VALUE, "the record has no value"));
  }

  @Test
  void aRecordOfTenMegabytesIsRejectedAsTooLarge() {
    assertThat(Topics.ACTIVITY.decoder().decode(new byte[10 << 20]))
        .isEqualTo(rejected(Reason.TOO_LARGE, "10485760 bytes; allowed: 1048576"));
  }

  static Stream<Arguments> rejectedRecords() {
    return Stream.of(
        Arguments.of("", Reason.NOT_JSON, "nothing; allowed: an object"),
        Arguments.of("[]", Reason.NOT_JSON, "START_ARRAY; allowed: an object"),
        Arguments.of(
            "{" + REST + "," + AT + "} {}", Reason.NOT_JSON, "more after the object's end"),
        Arguments.of(
            "{" + REST + ",\"at\":17000000",
            Reason.NOT_JSON,
            "byte 55: Unexpected end-of-input: expected close marker for Object"),
        Arguments.of("\u0000{}", Reason.NOT_JSON, "bytes that are no text in UTF-8"),
        Arguments.of(
            "{" + REST + "}", Reason.MISSING_FIELD, "at: missing, null or empty; it must be there"),
        Arguments.of(
            "{" + REST + ",\"at\":null}",
            Reason.MISSING_FIELD,
            "at: missing, null or empty; it must be there"),
        Arguments.of(
            "{\"eventId\":\"e\",\"itemId\":\"\",\"kind\":\"view\"," + AT + "}",
            Reason.MISSING_FIELD,
            "itemId: missing, null or empty; it must be there"),
        Arguments.of(
            "{\"eventId\":\"e\",\"itemId\":\"i\",\"kind\":\"ogle\"," + AT + "}",
            Reason.UNKNOWN_KIND,
            "kind: ogle; allowed: view, play, click, like, share, purchase, return"),
        Arguments.of(
            "{" + REST + ",\"at\":-2208988800000}",
            Reason.ABSURD_FIELD,
            "at: -2208988800000; allowed: a whole number from 946684800000 to 253402300799999"),
        Arguments.of(
            "{" + REST + ",\"at\":[1]}",
            Reason.ABSURD_FIELD,
            "at: [; allowed: a whole number from 946684800000 to 253402300799999"),
        Arguments.of(
            "{" + REST + "," + AT + ",\"at\":1700000000001}",
            Reason.ABSURD_FIELD,
            "at: two values; allowed: one"),
        Arguments.of(
            "{" + REST + "," + AT + ",\"durationMs\":-1}",
            Reason.ABSURD_FIELD,
            "durationMs: -1; allowed: a whole number from 0 to 10000000000000"),
        Arguments.of(
            "{" + REST + "," + AT + ",\"quantity\":1.5}",
            Reason.ABSURD_FIELD,
            "quantity: 1.5; allowed: a whole number from -10000000000000 to 10000000000000"),
        Arguments.of(
            "{" + REST + "," + AT + ",\"country\":\"" + "x".repeat(257) + "\"}",
            Reason.ABSURD_FIELD,
            "country: 257 characters; allowed: at most 256 of them"),
        Arguments.of(
            "{" + REST + "," + AT + ",\"device\":\"a\\u0000\\ud800b\"}",
            Reason.ABSURD_FIELD,
            "device: a\ufffd\ufffdb; allowed: text without NUL and without half a surrogate pair"));
  }

  @ParameterizedTest
  @MethodSource("rejectedRecords")
  void aRecordThatIsNoEventIsRejectedWithTheFieldTheValueAndWhatIsAllowed(
      String json, Reason reason, String detail) {
    assertThat(decode(Topics.ACTIVITY, json)).isEqualTo(rejected(reason, detail));
  }

  @Test
  void aRecordCutShortIsNoJsonEvenIfAFieldBeforeTheCutIsWrongToo() {
    assertThat(reason(decode(Topics.ACTIVITY, "{\"at\":\"yesterday\",\"eventId\":")))
        .isEqualTo(Reason.NOT_JSON);
  }

  @Test
  void textThatIsNoUtf8IsNoJson() {
    byte[] overlong = ("{" + REST + "," + AT + ",\"x\":\"??\"}").getBytes(StandardCharsets.UTF_8);
    overlong[overlong.length - 4] = (byte) 0xC0;
    overlong[overlong.length - 3] = (byte) 0xAF;
    assertThat(reason(Topics.ACTIVITY.decoder().decode(overlong))).isEqualTo(Reason.NOT_JSON);
  }

  @Test
  void jsonInUtf16IsNoJson() {
    byte[] wide = ("{" + REST + "," + AT + "}").getBytes(StandardCharsets.UTF_16LE);
    assertThat(reason(Topics.ACTIVITY.decoder().decode(wide))).isEqualTo(Reason.NOT_JSON);
  }

  @Test
  void aMillionOpenBracketsAreNoJson() {
    byte[] brackets = new byte[EventDecoder.MAX_BYTES];
    Arrays.fill(brackets, (byte) '[');
    System.arraycopy("{\"x\":".getBytes(StandardCharsets.UTF_8), 0, brackets, 0, 5);
    assertThat(reason(Topics.ACTIVITY.decoder().decode(brackets))).isEqualTo(Reason.NOT_JSON);
    System.arraycopy("{\"parameters\":".getBytes(StandardCharsets.UTF_8), 0, brackets, 0, 14);
    assertThat(reason(Topics.RULES.decoder().decode(brackets))).isEqualTo(Reason.NOT_JSON);
  }

  @Test
  void unknownFieldsAreIgnoredAndNullOrEmptyOptionalOnesAbsent() {
    assertThat(
            decode(
                Topics.ACTIVITY,
                "{\"x\":{\"at\":[1,{}]},"
                    + REST
                    + ",\"userId\":null,\"country\":\"\",\"quantity\":null,"
                    + AT
                    + ",\"at\":null,\"y\":\"\\ud800\"}"))
        .isEqualTo(
            new Decoded.Ok<>(
                new Activity(
                    "e",
                    null,
                    "i",
                    Activity.Kind.VIEW,
                    1_700_000_000_000L,
                    null,
                    null,
                    null,
                    null,
                    null)));
  }

  @Test
  void anUnknownCurrencyIsAbsurd() {
    assertThat(
            decode(
                Topics.TRANSACTIONS,
                "{\"transactionId\":\"t\",\"accountId\":\"a\",\"terminalId\":\"x\","
                    + "\"amountCents\":1,\"currency\":\"eur\","
                    + AT
                    + "}"))
        .isEqualTo(
            new Decoded.Rejected<>(
                Reason.ABSURD_FIELD, "currency: eur; allowed: a code of ISO 4217, such as EUR"));
  }

  @Test
  void parametersOfARuleAreKeptInOneCanonicalForm() {
    assertThat(
            decode(
                Topics.RULES,
                "{\"ruleId\":\"r\",\"kind\":\"k\",\"effectiveFrom\":1700000000000,"
                    + "\"parameters\": { \"b\" : [ 1.50 , {\"d\":\"\\u00e9\\n\",\"c\":null} ], \"a\":1e2 }}"))
        .isEqualTo(
            new Decoded.Ok<>(
                new Rule(
                    "r",
                    "k",
                    "{\"a\":1e2,\"b\":[1.50,{\"c\":null,\"d\":\"\u00e9\\n\"}]}",
                    1_700_000_000_000L,
                    null)));
  }

  @Test
  void parametersOfARuleWithTwoValuesUnderOneNameAreAbsurd() {
    assertThat(
            decode(
                Topics.RULES,
                "{\"ruleId\":\"r\",\"kind\":\"k\",\"effectiveFrom\":1700000000000,"
                    + "\"parameters\":{\"a\":1,\"a\":2}}"))
        .isEqualTo(
            new Decoded.Rejected<>(
                Reason.ABSURD_FIELD, "parameters: a with two values; allowed: one value a name"));
  }

  @Test
  void aRuleThatEndsBeforeItBeginsIsAbsurd() {
    assertThat(
            decode(
                Topics.RULES,
                "{\"ruleId\":\"r\",\"kind\":\"k\",\"effectiveFrom\":1700000000000,"
                    + "\"effectiveTo\":1699999999999,\"parameters\":{}}"))
        .isEqualTo(
            new Decoded.Rejected<>(
                Reason.ABSURD_FIELD,
                "effectiveTo: 1699999999999; allowed: 1700000000000 (effectiveFrom) or later"));
  }

  @Test
  void aPostKeepsItsTextAsItIs() {
    assertThat(
            decode(
                Topics.POSTS,
                "{\"postId\":\"p\",\"authorId\":\"a\",\"text\":\" #\u00fc\ud83d\ude00\\n\","
                    + AT
                    + "}"))
        .isEqualTo(
            new Decoded.Ok<>(
                new Post("p", "a", " #\u00fc\ud83d\ude00\n", 1_700_000_000_000L, null)));
  }

  private static <E extends Event> Decoded<E> decode(Topic<E> topic, String json) {
    return topic.decoder().decode(json.getBytes(StandardCharsets.UTF_8));
  }

  private static Decoded<Activity> rejected(Reason reason, String detail) {
    return new Decoded.Rejected<>(reason, detail);
  }

  private static <E extends Event> Reason reason(Decoded<E> decoded) {
    return ((Decoded.Rejected<E>) decoded).reason();
  }
}
