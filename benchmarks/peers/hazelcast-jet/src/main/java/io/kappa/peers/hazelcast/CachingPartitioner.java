package io.kappa.peers.hazelcast;

import com.hazelcast.jet.core.DefaultPartitionStrategy;
import com.hazelcast.jet.core.Partitioner;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Hazelcast's own partitioning, which snapshots are restored by, without serializing the key of
 * each event to get there. It remembers every key; the state behind it has them all anyway.
 */
final class CachingPartitioner implements Partitioner<String> {

  private static final long serialVersionUID = 1L;

  private final Map<String, Integer> known = new ConcurrentHashMap<>();
  private transient DefaultPartitionStrategy strategy;

  @Override
  public void init(DefaultPartitionStrategy initial) {
    strategy = initial;
  }

  @Override
  public int getPartition(String key, int partitionCount) {
    Integer partition = known.get(key);
    if (partition == null) {
      partition = strategy.getPartition(key);
      known.put(key, partition);
    }
    return partition;
  }
}
