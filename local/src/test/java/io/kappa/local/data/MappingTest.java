package io.kappa.local.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kappa.common.event.serde.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappingTest {

  @TempDir Path directory;

  @Test
  void everyShippedMappingCanBeNamed() {
    for (String name : Mapping.shipped()) {
      assertThat(Mapping.named(name)).hasToString(name);
    }
  }

  @Test
  void aMappingIsFoundByItsPathToo() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("own.yaml"), "topic: labels\nfields: {at: {column: t}}");
    Mapping.named(file.toString()).checkTopic(Topics.LABELS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{column: a}                                       | 1.0   | \"1.0\"",
        "{column: a, without-suffix: '.0'}                 | 1.0   | \"1\"",
        "{column: a, without-suffix: '.0'}                 | x     | \"x\"",
        "{constant: b}                                     | 1     | \"b\"",
        "{template: 'n {a}/{#line}'}                       | $1    | \"n $1/7\"",
        "{negative: a, then: below, otherwise: above}      | -0.5  | \"below\"",
        "{negative: a, then: below, otherwise: above}      | -0    | \"above\"",
      })
  void aTextFieldIsMadeFromItsSource(String source, String value, String json) throws BadRow {
    assertThat(made("device: " + source, value)).isEqualTo("{\"device\":" + json + "}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{column: a}                                       | -12                 | -12",
        "{product: [a, 2.5, 100]}                          | 0.01                | 3",
        "{product: [a, 1]}                                 | 2.5                 | 3",
        "{product: [a, 1]}                                 | -2.5                | -3",
        "{product: [a, a]}                                 | -1.2                | 1",
        "{time: a, format: 'uuuu-MM-dd HH:mm'}             | 2025-01-06 00:01    | 1736121660000",
        "{time: a, format: 'uuuu-MM-dd', zone: Asia/Tokyo} | 2025-01-06          | 1736089200000",
        "{time: a, format: 'dd.MM.uuuu HH:mmX'}            | 06.01.2025 01:00+01 | 1736121600000",
      })
  void aNumberIsMadeFromItsSource(String source, String value, String json) throws BadRow {
    assertThat(made("at: " + source, value)).isEqualTo("{\"at\":" + json + "}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"{column: a}", "{product: [a, 100]}", "{time: a, format: uuuu}", "{constant: ''}"})
  void aFieldThatTheRowDoesNotSayIsLeftOut(String source) throws BadRow {
    assertThat(made("at: " + source, "")).isEqualTo("{}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{column: a}             | 1.5         | field at: 1.5; allowed: a whole number",
        "{product: [a, 100]}     | 1e999999999 | column a: 1e999999999; allowed: a number such as"
            + " 12 or -3.50",
        "{time: a, format: uuuu} | 2025        | column a: 2025; allowed: a time as uuuu",
      })
  void aValueThatDoesNotFitMakesABadRow(String source, String value, String message) {
    assertThatThrownBy(() -> made("at: " + source, value))
        .isInstanceOf(BadRow.class)
        .hasMessage(message);
  }

  @Test
  void aFlagIsTrueOrFalse() throws IOException, BadRow {
    Mapping mapping = read("topic: labels\nfields: {fraud: {column: a}}");
    assertThat(json(mapping, "false")).isEqualTo("{\"fraud\":false}");
    assertThatThrownBy(() -> json(mapping, "no"))
        .hasMessage("field fraud: no; allowed: true or false");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | the file has no keys",
        "topic: [ | no YAML (while parsing a flow node)",
        "{topic: activity, fields: {}, topic: posts} | no YAML (Duplicate field 'topic')",
        "{topic: activity, feilds: {}} | unknown key feilds; allowed: charset, delimiter, fields,"
            + " topic",
        "{fields: {}} | topic is missing; there is fields",
        "{topic: clicks, fields: {}} | topic: clicks; allowed: one of [activity, posts, follows,"
            + " transactions, labels, rules]",
        "{topic: labels} | fields has no keys",
        "{topic: labels, fields: {userId: {column: a}}} | unknown key fields.userId; allowed:"
            + " accountId, at, fraud, transactionId",
        "{topic: labels, fields: {at: a}} | fields.at has no keys",
        "{topic: labels, fields: {at: {colum: a}}} | fields.at.source: colum; allowed: one of"
            + " [column, constant, template, negative, product, time]",
        "{topic: labels, fields: {at: {column: a, zone: UTC}}} | unknown key fields.at.zone;"
            + " allowed: column, without-suffix",
        "{topic: labels, fields: {at: {column: [a]}}} | fields.at.column: [\"a\"]; allowed: a text"
            + " or a number",
        "{topic: labels, fields: {at: {product: a}}} | fields.at.product: \"a\"; allowed: a list,"
            + " such as [Quantity, 100]",
        "{topic: labels, fields: {at: {time: a}}} | fields.at.format is missing; there is time",
        "{topic: labels, fields: {at: {time: a, format: yyyy}}} | fields.at.format: yyyy; allowed:"
            + " uuuu for the year: yyyy is a year of an era",
        "{topic: labels, fields: {at: {time: a, format: bbb}}} | fields.at.format: bbb; allowed: a"
            + " pattern such as uuuu-MM-dd HH:mm:ss",
        "{topic: labels, fields: {at: {time: a, format: u, zone: Mars}}} | fields.at.zone: Mars;"
            + " allowed: a zone such as UTC or Europe/London",
        "{topic: labels, delimiter: ab, fields: {}} | delimiter: ab; allowed: one character, such"
            + " as ; or \"\\t\"",
      })
  void whatIsWrongWithAMappingIsNamedWithItsPlace(String yaml, String message) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("mapping test: " + message);
  }

  @Test
  void anUnknownMappingIsNamedWithTheOnesThereAre() {
    for (String name : List.of("online-retial", "\u0000")) {
      assertThatThrownBy(() -> Mapping.named(name))
          .isInstanceOf(DataException.class)
          .hasMessage(
              "mapping %s: neither shipped nor a file. Name one of online-retail, or give the path"
                  + " of your own",
              name);
    }
  }

  private static Mapping read(String yaml) throws IOException {
    return MappingFile.read("test", yaml.getBytes(StandardCharsets.UTF_8));
  }

  private static String made(String field, String value) throws BadRow {
    try {
      return json(read("topic: activity\nfields:\n  " + field), value);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String json(Mapping mapping, String value) throws BadRow {
    Map<String, Integer> columns = new LinkedHashMap<>(Map.of("a", 0));
    String present = value == null ? "" : value;
    return new String(
        mapping.toJson(new CsvRow(7, columns, List.of(present))), StandardCharsets.UTF_8);
  }
}
