package io.kappa.control.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kappa.control.Refusal;
import io.kappa.control.compare.Expectations.Check;
import io.kappa.control.compare.Expectations.Limit;
import io.kappa.control.compare.Expectations.OfColumn;
import io.kappa.control.compare.Expectations.OfTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectationsTextTest {

  private static final String REMEDY = "mend the file; docs/compare.md says how it's written";

  private static Expectations parse(String text) {
    return ExpectationsText.parse("e.yaml", text);
  }

  @Test
  void allThatCanBeSaidIsRead() {
    Expectations read =
        parse(
            """
            added: [item_daily, items.likes]
            gone: [old]
            tables:
              items:
                missing: {count: 3, share: 0.5}
                extra: {}
                columns:
                  n: {absolute: 2, relative: 0.1, share: 1}
                  seen_at: {seconds: 60}
                  label: {}
              empty:
            checks:
              - name: all is well
                sql: SELECT true
            """);

    assertThat(read)
        .isEqualTo(
            new Expectations(
                List.of("item_daily", "items.likes"),
                List.of("old"),
                Map.of(
                    "items",
                    new OfTable(
                        Optional.of(new Limit(OptionalLong.of(3), OptionalDouble.of(0.5))),
                        Optional.of(new Limit(OptionalLong.empty(), OptionalDouble.empty())),
                        Map.of(
                            "n",
                            new OfColumn(
                                Map.of(Measure.Kind.ABSOLUTE, 2.0, Measure.Kind.RELATIVE, 0.1),
                                OptionalDouble.of(1)),
                            "seen_at",
                            new OfColumn(
                                Map.of(Measure.Kind.SECONDS, 60.0), OptionalDouble.empty()),
                            "label",
                            new OfColumn(Map.of(), OptionalDouble.empty()))),
                    "empty",
                    new OfTable(Optional.empty(), Optional.empty(), Map.of())),
                List.of(new Check("all is well", "SELECT true"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing yet", "tables:", "checks: []", "---"})
  void aFileThatSaysNothingExpectsNothing(String text) {
    assertThat(parse(text)).isEqualTo(Expectations.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nonsense | the file is 'nonsense'; allowed is the fields added, checks, gone, tables",
        "tabels: {} | tabels is unknown; allowed is added, checks, gone, tables",
        "tables: [a] | tables is [\"a\"]; allowed is names with a section each",
        "tables: {a: {colums: {}}} |"
            + " tables.a.colums is unknown; allowed is columns, extra, missing",
        "tables: {a: {missing: 3}} | tables.a.missing is 3; allowed is the fields count, share",
        "tables: {a: {missing: {count: -1}}} |"
            + " tables.a.missing.count is -1; allowed is a whole number from 0",
        "tables: {a: {missing: {count: 1.5}}} |"
            + " tables.a.missing.count is 1.5; allowed is a whole number from 0",
        "tables: {a: {extra: {share: 1.01}}} |"
            + " tables.a.extra.share is 1.01; allowed is a number from 0 to 1",
        "tables: {a: {extra: {share: }}} |"
            + " tables.a.extra.share is empty; allowed is a number from 0 to 1",
        "tables: {a: {columns: {n: {relative: -1}}}} |"
            + " tables.a.columns.n.relative is -1; allowed is a number from 0",
        "tables: {a: {missing: }} |"
            + " tables.a.missing is empty; allowed is some of count, share, or {} for no bound",
        "tables: {a: {columns: {n: }}} | tables.a.columns.n is empty;"
            + " allowed is some of absolute, relative, seconds, share, or {} for no bound",
        "tables: {a: {columns: {n: {absolut: 1}}}} |"
            + " tables.a.columns.n.absolut is unknown; allowed is absolute, relative, seconds, share",
        "added: item_daily | added is 'item_daily'; allowed is a list",
        "added: [1] | added[0] is 1; allowed is a text",
        "checks: {a: b} | checks is {\"a\":\"b\"}; allowed is a list",
        "checks: [{name: a}] | checks[0].sql is missing; allowed is a text",
        "checks: [{name: '', sql: x}] | checks[0].name is empty; allowed is a text",
        "checks: [{name: a, sql: x}, {name: a, sql: y}] |"
            + " checks[1].name is 'a', a second time; allowed is a name for each"
      })
  void whatIsWrongIsNamedWithItsPlaceAndWhatIsAllowed(String text, String problem) {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> parse(text))
        .withMessage("e.yaml can't be used: " + problem)
        .extracting(Refusal::remedy)
        .isEqualTo(REMEDY);
  }

  @Test
  void allProblemsAreNamedAtOnce() {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> parse("{a: 1, gone: 2}"))
        .withMessage(
            "e.yaml can't be used: (1) a is unknown; allowed is added, checks, gone, tables;"
                + " (2) gone is 2; allowed is a list");
  }

  @Test
  void whatIsNoYamlIsRefusedWithTheLine() {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> parse("tables:\n  a: [1\n"))
        .withMessageStartingWith("e.yaml is no YAML: ")
        .withMessageEndingWith("(line 2)");
  }

  @Test
  void aNameThatStandsTwiceIsRefused() {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> parse("tables:\n  a: {}\n  a: {}\n"))
        .withMessageContaining("Duplicate field 'a'");
  }
}
