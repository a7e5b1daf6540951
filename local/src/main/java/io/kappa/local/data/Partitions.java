package io.kappa.local.data;

import org.apache.kafka.common.utils.Utils;

/** Which partition a record goes to. */
final class Partitions {

  private Partitions() {}

  /**
   * As Kafka's own producers choose for a key. Without a key the value decides, so that copies stay
   * together and the same records make the same partitions.
   *
   * @param key may be {@code null}, but not together with the value
   * @param count how many partitions the topic has
   */
  static int of(byte[] key, byte[] value, int count) {
    return Utils.toPositive(Utils.murmur2(key == null ? value : key)) % count;
  }
}
