package io.kappa.control.compare;

import static io.kappa.control.compare.BesideStore.FENCE;
import static io.kappa.control.compare.BesideStore.V2;
import static io.kappa.control.compare.BesideStore.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kappa.control.Refusal;
import io.kappa.control.TestStore;
import io.kappa.control.compare.CheckResult.Outcome;
import io.kappa.control.compare.Expectations.Check;
import io.kappa.control.version.Frontier;
import io.kappa.local.junit.LocalStack;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChecksIT {

  @RegisterExtension static final LocalStack STACK = LocalStack.brokerAndStore();

  private static final String SEEN = "2026-01-01 00:00:00+00";

  private TestStore store;
  private BesideStore beside;

  @BeforeEach
  void besideEachOther() throws Exception {
    store = TestStore.in(STACK.freshDatabase());
    beside = BesideStore.in(store);
    beside.candidate(TestStore.ITEMS, List.of(row("a", "1", SEEN)));
  }

  private List<CheckResult> run(String... sql) {
    List<Check> checks =
        java.util.stream.IntStream.range(0, sql.length)
            .mapToObj(i -> new Check("check " + i, sql[i]))
            .toList();
    return new Checks(store.owner(), Duration.ofSeconds(2)).run(V2, FENCE, checks);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT true | HOLDS | ''",
        "SELECT count(*) = 1 FROM {candidate}.items; | HOLDS | ''",
        "WITH x AS (SELECT 1) SELECT true FROM x -- as it is | HOLDS | ''",
        "SELECT '{\"a\": 1}'::jsonb ? 'a' | HOLDS | ''",
        "SELECT false | DOES_NOT_HOLD | false",
        "SELECT NULL::boolean | DOES_NOT_HOLD | NULL, or nothing",
        "SELECT true FROM {candidate}.items WHERE id = 'b' | DOES_NOT_HOLD | NULL, or nothing",
        "SELECT 1 | COULD_NOT_BE_RUN | its answer is of type int4; allowed is boolean",
        "SELECT true, true | COULD_NOT_BE_RUN | subquery must return only one column",
        "SELECT id = 'a' FROM (VALUES ('a'), ('b')) v(id) | COULD_NOT_BE_RUN |"
            + " more than one row returned by a subquery used as an expression",
        "SELECT nonsense | COULD_NOT_BE_RUN | column \"nonsense\" does not exist",
        "SELECT true); DROP TABLE {candidate}.items; SELECT (true | COULD_NOT_BE_RUN |"
            + " it has more than one statement",
        "DELETE FROM {candidate}.items | COULD_NOT_BE_RUN | syntax error at or near \"FROM\"",
        "SELECT pg_sleep(60) IS NULL | COULD_NOT_BE_RUN | it took more than 2 seconds",
        "SELECT nextval('kappa.audit_id_seq') > 0 | COULD_NOT_BE_RUN |"
            + " cannot execute nextval() in a read-only transaction",
      })
  void whatComesOfACheckIsSaid(String sql, Outcome outcome, String detail) {
    assertThat(run(sql)).containsExactly(new CheckResult("check 0", outcome, detail));
  }

  @Test
  void aCheckThatCannotBeRunDoesNotKeepTheOthersFromIt() {
    assertThat(run("SELECT 1/0 = 1", "SELECT true", "nonsense", "SELECT false"))
        .extracting(CheckResult::outcome)
        .containsExactly(
            Outcome.COULD_NOT_BE_RUN,
            Outcome.HOLDS,
            Outcome.COULD_NOT_BE_RUN,
            Outcome.DOES_NOT_HOLD);
  }

  @Test
  void awayFromTheFenceNoCheckIsRun() {
    beside.moveTo(Frontier.of(Map.of("activity", Map.of(0, 5L, 1, 8L))));

    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> run("SELECT true"))
        .withMessageContaining("its fence is at {\"activity\":{\"0\":5,\"1\":7}}");
  }
}
