package io.kappa.peers.flinksql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;

class ActivitySqlTest {

  private static final String EVENTS =
      """
      CREATE TEMPORARY VIEW activity AS
      SELECT * FROM (VALUES
        ('u1', 'i1', 'view', 1736121600000, 500, 9, 9, 'DE'),
        ('u1', 'i1', 'play', 1736125199999, 40, CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), 'DE'),
        (CAST(NULL AS STRING), 'i1', 'purchase', 1736125200000, 7, 3, 300, CAST(NULL AS STRING)),
        ('u2', 'i1', 'return', 1736125200001, CAST(NULL AS BIGINT), -1, -100, 'FR'),
        ('u3', 'i1', 'click', 1736125200002, 7, 7, 7, 'FR'))
      AS t (userId, itemId, kind, `at`, durationMs, quantity, amountCents, country)
      """;

  @Test
  void theQueriesAddUpWhatCountsForTheirTables() {
    TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inBatchMode());
    tables.getConfig().setLocalTimeZone(ZoneOffset.UTC);
    tables.executeSql(EVENTS);
    tables.executeSql(ActivitySql.EVENT_VIEW);

    assertThat(rows(tables, ActivitySql.ITEM_HOURLY))
        .containsExactlyInAnyOrder(
            "+I[i1, 2025-01-06T00:00, 2, 1, 540, 0, 0]",
            "+I[i1, 2025-01-06T01:00, 3, 2, 0, 2, 200]");
    assertThat(rows(tables, ActivitySql.COUNTRY_HOURLY))
        .containsExactlyInAnyOrder(
            "+I[DE, 2025-01-06T00:00, 2, 0]", "+I[FR, 2025-01-06T01:00, 2, -100]");
    assertThat(rows(tables, ActivitySql.ITEM_TOTALS))
        .containsExactly("+I[i1, 5, 2, 200, 2025-01-06T00:00, 2025-01-06T01:00:00.002]");
  }

  @Test
  void aPasswordStaysInItsLiteral() {
    String[] arguments = {
      "--bootstrap=localhost:9092",
      "--topic=activity",
      "--jdbc=jdbc:postgresql://localhost:5432/kappa?ssl=false",
      "--user=me",
      "--schema=peer",
      "--directory=.",
      "--parallelism=2"
    };
    Settings settings = Settings.of(arguments, Map.of("PEER_PASSWORD", "it's"));

    assertThat(settings.directory()).isEqualTo(Path.of(".").toAbsolutePath());
    assertThat(ActivitySql.tables(settings).get(1))
        .contains("'password' = 'it''s'", "?ssl=false&reWriteBatchedInserts=true'");
    assertThatThrownBy(() -> Settings.of(new String[] {"--topic"}, Map.of("PEER_PASSWORD", "")))
        .hasMessageContaining("--topic");
  }

  private static List<String> rows(TableEnvironment tables, String query) {
    List<String> rows = new ArrayList<>();
    try (CloseableIterator<Row> results = tables.executeSql(query).collect()) {
      results.forEachRemaining(row -> rows.add(row.toString()));
    } catch (Exception e) {
      throw new IllegalStateException(query, e);
    }
    return rows;
  }
}
