package io.kappa.benchmarks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A set of which only a 64-bit hash of each key is kept, 16 to 32 bytes a key. Of 30 million keys
 * two are taken for one in one of 40,000 logs; sums would differ then, and say so.
 */
final class HashedSet {

  private static final int FIRST_SLOTS = 1 << 12;

  private final MessageDigest digest = md5();

  /** 0 is an empty slot. */
  private long[] slots = new long[FIRST_SLOTS];

  private int size;

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Each Java has MD5", e);
    }
  }

  /** Adds the key made of these parts, and says whether it's new. */
  boolean add(String... parts) {
    byte[] key = String.join("\n", parts).getBytes(StandardCharsets.UTF_8);
    long hash = ByteBuffer.wrap(digest.digest(key)).getLong();
    if (!put(hash == 0 ? 1 : hash)) {
      return false;
    }
    size++;
    if (2L * size > slots.length) {
      grow();
    }
    return true;
  }

  private boolean put(long hash) {
    int slot = slot(hash);
    while (slots[slot] != 0) {
      if (slots[slot] == hash) {
        return false;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    slots[slot] = hash;
    return true;
  }

  private int slot(long hash) {
    return (int) hash & (slots.length - 1);
  }

  private void grow() {
    long[] old = slots;
    slots = new long[Math.multiplyExact(old.length, 2)];
    for (long hash : old) {
      if (hash != 0) {
        put(hash);
      }
    }
  }

  /** How many keys there are. */
  long size() {
    return size;
  }
}
