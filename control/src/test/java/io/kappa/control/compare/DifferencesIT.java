package io.kappa.control.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.common.table.SqlType;
import io.kappa.common.table.TableShape;
import io.kappa.control.TestStore;
import io.kappa.local.junit.LocalStack;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Any table, with any edits, against the plain way. */
class DifferencesIT {

  @RegisterExtension static final LocalStack STACK = LocalStack.brokerAndStore();

  private static final String DIFFERENCES = "activity_metrics_v2_baseline.things_differences";

  private BesideStore beside;

  @BeforeEach
  void besideEachOther() {
    beside = BesideStore.in(TestStore.in(STACK.freshDatabase()));
  }

  static LongStream seeds() {
    long fresh = new Random().nextLong();
    return LongStream.concat(LongStream.rangeClosed(1, 11), LongStream.of(fresh));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anyEditsAreFoundAsThePlainWayFindsThem(long seed) throws Exception {
    Random random = new Random(seed);
    RandomTables tables = new RandomTables(random);
    TableShape shape = tables.shape();
    List<List<String>> before = tables.rows(shape, random.nextInt(400));
    List<List<String>> after = tables.edited(shape, before);
    beside.baseline(shape, before);
    beside.candidate(shape, after);
    DifferenceOracle oracle = new DifferenceOracle(shape, before, after);

    Report report = beside.compare(List.of(shape), List.of(shape)).report();

    assertThat(report.tables()).containsExactly(oracle.report(DIFFERENCES));
    assertThat(report.isIdentical()).isEqualTo(oracle.differences().isEmpty());
    assertThat(differences(shape)).containsExactlyElementsOf(oracle.differences());
  }

  private List<List<String>> differences(TableShape shape) throws SQLException {
    List<String> order =
        shape.key().stream()
            .map(key -> "d." + key.name() + (key.type() == SqlType.TEXT ? " COLLATE \"C\"" : ""))
            .toList();
    List<String> all = new ArrayList<>(shape.key().stream().map(key -> key.name()).toList());
    all.add("difference");
    shape
        .values()
        .forEach(
            column -> {
              all.add(column.name() + "_baseline");
              all.add(column.name() + "_candidate");
            });
    try (Connection connection = beside.store().database().connect("kappa_owner");
        Statement statement = connection.createStatement()) {
      statement.execute("SET TIME ZONE 'UTC'");
      List<String> texts = all.stream().map(name -> name + "::text").toList();
      try (ResultSet row =
          statement.executeQuery(
              "SELECT %s FROM %s d ORDER BY %s"
                  .formatted(String.join(", ", texts), DIFFERENCES, String.join(", ", order)))) {
        List<List<String>> rows = new ArrayList<>();
        while (row.next()) {
          List<String> values = new ArrayList<>();
          for (int i = 1; i <= all.size(); i++) {
            values.add(row.getString(i));
          }
          rows.add(values);
        }
        return rows;
      }
    }
  }
}
