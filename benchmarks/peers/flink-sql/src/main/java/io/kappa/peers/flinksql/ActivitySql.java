package io.kappa.peers.flinksql;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The statements for Flink. The connector has no instants with a zone, so tables in PostgreSQL are
 * written with times of day of UTC; session and JVM must be in that zone.
 */
final class ActivitySql {

  /** Fields that nothing is computed from aren't declared, so they aren't decoded. */
  private static final String ACTIVITY_COLUMNS =
      """
      userId STRING,
      itemId STRING NOT NULL,
      kind STRING NOT NULL,
      `at` BIGINT NOT NULL,
      durationMs BIGINT,
      quantity BIGINT,
      amountCents BIGINT,
      country STRING
      """;

  /** What all three tables are computed from; an hour is the moment at which it begins. */
  static final String EVENT_VIEW =
      """
      CREATE TEMPORARY VIEW event AS
      SELECT
        userId AS user_id,
        itemId AS item_id,
        country,
        `at`,
        TO_TIMESTAMP_LTZ(`at` - MOD(`at`, 3600000), 3) AS `hour`,
        CASE WHEN kind IN ('view', 'play') THEN COALESCE(durationMs, 0) ELSE 0 END AS watch_ms,
        CASE WHEN kind IN ('purchase', 'return') THEN COALESCE(quantity, 0) ELSE 0 END AS quantity,
        CASE WHEN kind IN ('purchase', 'return') THEN COALESCE(amountCents, 0) ELSE 0 END
          AS revenue_cents
      FROM activity
      """;

  static final String ITEM_HOURLY =
      """
      SELECT item_id, CAST(`hour` AS TIMESTAMP(3)) AS `hour`, events, users, watch_ms, quantity, revenue_cents
      FROM (
        SELECT
          item_id,
          `hour`,
          COUNT(*) AS events,
          COUNT(DISTINCT user_id) AS users,
          SUM(watch_ms) AS watch_ms,
          SUM(quantity) AS quantity,
          SUM(revenue_cents) AS revenue_cents
        FROM event
        GROUP BY item_id, `hour`)
      """;

  static final String COUNTRY_HOURLY =
      """
      SELECT country, CAST(`hour` AS TIMESTAMP(3)) AS `hour`, events, revenue_cents
      FROM (
        SELECT country, `hour`, COUNT(*) AS events, SUM(revenue_cents) AS revenue_cents
        FROM event
        WHERE country IS NOT NULL
        GROUP BY country, `hour`)
      """;

  static final String ITEM_TOTALS =
      """
      SELECT item_id, events, quantity, revenue_cents, %s AS first_at, %s AS last_at
      FROM (
        SELECT
          item_id,
          COUNT(*) AS events,
          SUM(quantity) AS quantity,
          SUM(revenue_cents) AS revenue_cents,
          MIN(`at`) AS first_at,
          MAX(`at`) AS last_at
        FROM event
        GROUP BY item_id)
      """
          .formatted(time("first_at"), time("last_at"));

  private ActivitySql() {}

  /** The topic and the tables in PostgreSQL, as Flink is to see them. */
  static List<String> tables(Settings settings) {
    return List.of(
        table("activity", ACTIVITY_COLUMNS, kafka(settings)),
        table(
            "item_hourly",
            """
            item_id STRING, `hour` TIMESTAMP(3), events BIGINT, users BIGINT, watch_ms BIGINT,
            quantity BIGINT, revenue_cents BIGINT, PRIMARY KEY (item_id, `hour`) NOT ENFORCED
            """,
            jdbc(settings, "item_hourly")),
        table(
            "country_hourly",
            """
            country STRING, `hour` TIMESTAMP(3), events BIGINT, revenue_cents BIGINT,
            PRIMARY KEY (country, `hour`) NOT ENFORCED
            """,
            jdbc(settings, "country_hourly")),
        table(
            "item_totals",
            """
            item_id STRING, events BIGINT, quantity BIGINT, revenue_cents BIGINT,
            first_at TIMESTAMP(3), last_at TIMESTAMP(3), PRIMARY KEY (item_id) NOT ENFORCED
            """,
            jdbc(settings, "item_totals")));
  }

  /** What keeps the tables up to date, to be run as one statement set. */
  static List<String> inserts() {
    return List.of(
        "INSERT INTO item_hourly " + ITEM_HOURLY,
        "INSERT INTO country_hourly " + COUNTRY_HOURLY,
        "INSERT INTO item_totals " + ITEM_TOTALS);
  }

  private static String table(String name, String columns, Map<String, String> options) {
    String with =
        new TreeMap<>(options)
            .entrySet().stream()
                .map(option -> literal(option.getKey()) + " = " + literal(option.getValue()))
                .collect(Collectors.joining(",\n  "));
    return "CREATE TEMPORARY TABLE %s (\n%s) WITH (\n  %s)".formatted(name, columns, with);
  }

  private static Map<String, String> kafka(Settings settings) {
    return Map.of(
        "connector", "kafka",
        "topic", settings.topic(),
        "properties.bootstrap.servers", settings.bootstrap(),
        "properties.group.id", "peer-flink-sql",
        "properties.max.poll.records", "5000",
        "properties.max.partition.fetch.bytes", "4194304",
        "properties.fetch.min.bytes", "65536",
        "properties.fetch.max.wait.ms", "100",
        "scan.startup.mode", "earliest-offset",
        "format", "json");
  }

  private static Map<String, String> jdbc(Settings settings, String table) {
    return Map.of(
        "connector",
        "jdbc",
        "url",
        settings.batchingJdbcUrl(),
        "table-name",
        settings.schema() + "." + table,
        "username",
        settings.user(),
        "password",
        settings.password(),
        "sink.buffer-flush.max-rows",
        "5000",
        "sink.buffer-flush.interval",
        "500ms");
  }

  /** From milliseconds since the epoch. */
  private static String time(String millis) {
    return "CAST(TO_TIMESTAMP_LTZ(%s, 3) AS TIMESTAMP(3))".formatted(millis);
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
