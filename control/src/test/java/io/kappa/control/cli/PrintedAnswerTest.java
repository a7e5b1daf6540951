package io.kappa.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.control.catalogue.ReaderQuery.Column;
import io.kappa.control.catalogue.ReaderQuery.Kind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PrintedAnswerTest {

  private static final List<Column> COLUMNS =
      List.of(
          new Column("name", Kind.TEXT),
          new Column("n", Kind.NUMBER),
          new Column("yes", Kind.BOOLEAN),
          new Column("j", Kind.JSON));

  private static String printed(Function<PrintWriter, PrintedAnswer> form) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    PrintedAnswer answer = form.apply(out);
    answer.columns(COLUMNS);
    answer.row(
        List.of(
            Optional.of("a \"b\", c\nd"),
            Optional.of("12"),
            Optional.of("t"),
            Optional.of("{\"x\":[1]}")));
    answer.row(List.of(Optional.of(""), Optional.of("NaN"), Optional.empty(), Optional.empty()));
    answer.end();
    out.flush();
    return text.toString();
  }

  @Test
  void aTableAlignsNumbersToTheRightAndShowsNull() {
    assertThat(printed(AnswerTable::new))
        .isEqualToNormalizingNewlines(
            """
            name        |   n | yes  | j
            ------------+-----+------+----------
            a "b", c\\nd |  12 | t    | {"x":[1]}
                        | NaN | NULL | NULL
            (2 rows)
            """);
  }

  @Test
  void csvTellsNullFromTheEmptyText() {
    assertThat(printed(AnswerCsv::new))
        .isEqualTo(
            "name,n,yes,j\r\n\"a \"\"b\"\", c\nd\",12,t,\"{\"\"x\"\":[1]}\"\r\n\"\",NaN,,\r\n");
  }

  @Test
  void jsonKeepsNumbersTruthAndDocuments() {
    assertThat(printed(AnswerJson::new))
        .isEqualToNormalizingNewlines(
            """
            [
            {"name":"a \\"b\\", c\\nd","n":12,"yes":true,"j":{"x":[1]}},
            {"name":"","n":"NaN","yes":null,"j":null}
            ]
            """);
  }

  @Test
  void aStatementWithoutRowsIsDone() {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);

    new AnswerTable(out).end();
    out.flush();

    assertThat(text.toString()).isEqualToNormalizingNewlines("(done)\n");
  }
}
