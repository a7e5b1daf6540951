package io.kappa.common.job.run;

import java.util.Collection;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.state.rocksdb.RocksDBOptionsFactory;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;

/**
 * RocksDB for a version that commits each second. Each checkpoint writes what is in memory into a
 * small file, and with four of those RocksDB rewrites all that they overlap: as much work as the
 * job's own, each few seconds. It may wait for more files; a look for a key asks each file's filter
 * first, and rarely has to read one.
 */
public final class RarelyCompacted implements RocksDBOptionsFactory {

  private static final long serialVersionUID = 1L;

  private static final int FILES = 16;
  private static final int FILES_TO_SLOW_DOWN_AT = 48;
  private static final int FILES_TO_STOP_AT = 64;

  static void unlessSomebodySaysElse(StreamExecutionEnvironment env) {
    if (env.getConfiguration().getOptional(RocksDBOptions.OPTIONS_FACTORY).isEmpty()) {
      Configuration settings = new Configuration();
      settings.set(RocksDBOptions.OPTIONS_FACTORY, RarelyCompacted.class.getName());
      env.configure(settings);
    }
  }

  @Override
  public DBOptions createDBOptions(DBOptions current, Collection<AutoCloseable> toClose) {
    return current;
  }

  @Override
  public ColumnFamilyOptions createColumnOptions(
      ColumnFamilyOptions current, Collection<AutoCloseable> toClose) {
    return current
        .setLevel0FileNumCompactionTrigger(FILES)
        .setLevel0SlowdownWritesTrigger(FILES_TO_SLOW_DOWN_AT)
        .setLevel0StopWritesTrigger(FILES_TO_STOP_AT);
  }
}
