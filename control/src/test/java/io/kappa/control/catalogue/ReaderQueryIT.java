package io.kappa.control.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kappa.control.Refusal;
import io.kappa.control.TestStore;
import io.kappa.control.catalogue.ReaderQuery.Column;
import io.kappa.control.catalogue.ReaderQuery.Kind;
import io.kappa.local.junit.LocalStack;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReaderQueryIT {

  @RegisterExtension static final LocalStack STACK = LocalStack.brokerAndStore();

  private static TestStore store;

  /** An answer, kept. */
  private static final class Kept implements ReaderQuery.Answer {
    private final List<Column> columns = new ArrayList<>();
    private final List<List<Optional<String>>> rows = new ArrayList<>();

    @Override
    public void columns(List<Column> named) {
      columns.addAll(named);
    }

    @Override
    public void row(List<Optional<String>> values) {
      rows.add(values);
    }
  }

  @BeforeAll
  static void table() throws Exception {
    store = TestStore.in(STACK.freshDatabase());
    store.insert(TestStore.version("activity"));
    new VersionSchema(store.owner()).createFirst(TestStore.V1, List.of(TestStore.ITEMS));
    store.run(
        "kappa_job",
        "INSERT INTO activity_metrics_v1.items VALUES"
            + " ('a', 3, '2026-07-01T02:00:00+02:00'), ('b', NULL, NULL)");
  }

  private static Kept ask(String sql) {
    Kept kept = new Kept();
    new ReaderQuery(store.as("kappa_reader")).ask(sql, kept);
    return kept;
  }

  @Test
  void anAnswerHasNamesKindsAndValuesWithTimesInUtc() {
    Kept answer = ask("SELECT *, n > 2 AS many FROM activity_metrics.items ORDER BY id;");

    assertThat(answer.columns)
        .containsExactly(
            new Column("id", Kind.TEXT),
            new Column("n", Kind.NUMBER),
            new Column("seen_at", Kind.TEXT),
            new Column("many", Kind.BOOLEAN));
    assertThat(answer.rows)
        .containsExactly(
            List.of(
                Optional.of("a"),
                Optional.of("3"),
                Optional.of("2026-07-01 00:00:00+00"),
                Optional.of("t")),
            List.of(Optional.of("b"), Optional.empty(), Optional.empty(), Optional.empty()));
  }

  @Test
  void anAnswerMayBeLongerThanWhatIsFetchedAtOnce() {
    assertThat(ask("SELECT g FROM generate_series(1, 12345) g").rows).hasSize(12345);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT 1; SELECT 2|The query has 2 statements; allowed is 1|ask one thing at a time",
        ";|The query has 0 statements; allowed is 1|ask one thing at a time",
        "SELECT * FROM item|PostgreSQL refuses the query: relation \"item\" does not exist"
            + " (character 15)|there is activity_metrics.items, kappa.freshness",
        "SELECT * FROM activity_metrics_v1.items|PostgreSQL refuses the query: permission denied"
            + " for schema activity_metrics_v1 (character 15)|readers may query"
            + " activity_metrics.items, kappa.freshness",
        "SELEC 1|PostgreSQL refuses the query: syntax error at or near \"SELEC\" (character 1)|"
            + "mend the query; it must be one that PostgreSQL understands",
        "SELECT nn FROM activity_metrics.items|PostgreSQL refuses the query: column \"nn\" does"
            + " not exist (character 8)|Perhaps you meant to reference the column \"items.n\".",
        "CREATE TEMP TABLE x (a int)|PostgreSQL refuses the query: cannot execute CREATE TABLE in"
            + " a read-only transaction|kappa sql only reads; events that go into the log change"
            + " the tables",
        "SELECT 1 / 0|PostgreSQL refuses the query: division by zero|mend the query; it must be"
            + " one that PostgreSQL understands"
      })
  void whatCannotBeAskedIsRefusedWithWhatToDo(String sql, String why, String remedy) {
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> ask(sql));

    assertThat(refusal).hasMessage(why);
    assertThat(refusal.remedy()).isEqualTo(remedy);
  }

  @Test
  void aSemicolonWithinATextIsNoSecondStatement() {
    assertThat(ask("SELECT 'a;b' AS x, $$c;d$$ AS y -- e;f").rows)
        .containsExactly(List.of(Optional.of("a;b"), Optional.of("c;d")));
  }
}
