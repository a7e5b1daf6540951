package io.kappa.peers.kafkastreams;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.CompressionType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/** One block cache and one bound of unwritten memory for all stores of this process. */
public final class RocksSettings implements RocksDBConfigSetter {

  private static final long MIB = 1024L * 1024;
  private static final long CACHE_BYTES = 384 * MIB;
  private static final long UNWRITTEN_BYTES = 256 * MIB;
  private static final long MEMTABLE_BYTES = 32 * MIB;
  private static final long BLOCK_BYTES = 16 * 1024;
  private static final int BITS_PER_KEY = 10;

  private static final Cache CACHE = new LRUCache(CACHE_BYTES);
  private static final WriteBufferManager UNWRITTEN =
      new WriteBufferManager(UNWRITTEN_BYTES, CACHE);

  private final BloomFilter filter = new BloomFilter(BITS_PER_KEY, false);

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configs) {
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(CACHE);
    table.setBlockSize(BLOCK_BYTES);
    table.setCacheIndexAndFilterBlocks(true);
    table.setPinL0FilterAndIndexBlocksInCache(true);
    table.setFilterPolicy(filter);
    options.setTableFormatConfig(table);
    // Most keys that are asked for first are new: the last level needs its filter too.
    options.setOptimizeFiltersForHits(false);
    options.setWriteBufferManager(UNWRITTEN);
    options.setWriteBufferSize(MEMTABLE_BYTES);
    options.setCompressionType(CompressionType.LZ4_COMPRESSION);
  }

  @Override
  public void close(String storeName, Options options) {
    // The cache is everybody's.
    filter.close();
  }
}
