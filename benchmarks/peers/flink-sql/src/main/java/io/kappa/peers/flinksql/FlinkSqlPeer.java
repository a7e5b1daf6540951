package io.kappa.peers.flinksql;

import java.time.ZoneOffset;
import java.util.TimeZone;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.StatementSet;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/** Keeps the three tables up to date from the topic, in one job inside this process. */
public final class FlinkSqlPeer {

  private FlinkSqlPeer() {}

  /** Runs until the process is ended; a failed job ends it with an exception. */
  public static void main(String[] arguments) throws Exception {
    // The driver writes times of day in the zone of the JVM.
    TimeZone.setDefault(TimeZone.getTimeZone(ZoneOffset.UTC));
    Settings settings = Settings.of(arguments, System.getenv());
    ServingTables.make(settings);
    inserts(settings, Tuning.of(settings.directory())).execute().await();
  }

  private static StatementSet inserts(Settings settings, Configuration configuration) {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(settings.parallelism(), configuration);
    StreamTableEnvironment tables = StreamTableEnvironment.create(environment);
    tables.getConfig().setLocalTimeZone(ZoneOffset.UTC);
    ActivitySql.tables(settings).forEach(tables::executeSql);
    tables.executeSql(ActivitySql.EVENT_VIEW);
    StatementSet set = tables.createStatementSet();
    ActivitySql.inserts().forEach(set::addInsertSql);
    return set;
  }
}
