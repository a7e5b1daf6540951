package io.kappa.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.common.event.serde.Topic;
import io.kappa.common.event.serde.Topics;
import io.kappa.local.data.FraudKind;
import io.kappa.local.data.GeneratorSettings;
import io.kappa.local.data.TopicCounts;
import io.kappa.local.data.WorldSettings;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GeneratedFactsTest {

  private static final WorldSettings WORLD =
      WorldSettings.history(
              GeneratorSettings.standard(7),
              Set.of(Topics.POSTS, Topics.TRANSACTIONS),
              1_000,
              Duration.ofDays(1),
              Duration.ofDays(7))
          .withPayers(10, 20);

  private final GeneratedFacts facts =
      new GeneratedFacts(
          WORLD,
          counts(),
          Map.of(FraudKind.AMOUNT, 1L, FraudKind.TERMINAL, 2_000L, FraudKind.CARD, 3L));

  private static Map<Topic<?>, TopicCounts> counts() {
    Map<Topic<?>, TopicCounts> counts = new LinkedHashMap<>();
    counts.put(Topics.POSTS, new TopicCounts(1_000, 4, 5, 6));
    counts.put(Topics.TRANSACTIONS, new TopicCounts(2_500, 1, 2, 3));
    return counts;
  }

  @Test
  void peopleReadATableWithASum() {
    StringWriter out = new StringWriter();

    facts.print(
        new Terminal(
            InputStream.nullInputStream(),
            new PrintWriter(out),
            new PrintWriter(new StringWriter()),
            false));

    assertThat(out.toString().lines())
        .containsExactly(
            "topic        | records | late | broken | copies",
            "-------------+---------+------+--------+-------",
            "posts        |   1,000 |    4 |      5 |      6",
            "transactions |   2,500 |    1 |      2 |      3",
            "all          |   3,500 |    5 |      7 |      9",
            "frauds among the transactions that are on time: amount 1, terminal 2,000, card 3");
  }

  @Test
  void programsReadTheSameAsJson() {
    assertThat(facts.json().replaceAll("\\s+", ""))
        .isEqualTo(
            ("{'seed':7,'from':'2025-01-06T00:00:00Z','accounts':10,'terminals':20,'topics':{"
                    + "'posts':{'records':1000,'late':4,'broken':5,'copies':6},"
                    + "'transactions':{'records':2500,'late':1,'broken':2,'copies':3}},"
                    + "'all':{'records':3500,'late':5,'broken':7,'copies':9},"
                    + "'frauds':{'amount':1,'terminal':2000,'card':3}}")
                .replace('\'', '"'));
  }
}
