package io.kappa.peers.kafkastreams;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A text as UTF-8, held in an array that is used again. No bytes: no text. */
final class Text {

  private byte[] bytes = new byte[64];
  private int length;

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  boolean isEmpty() {
    return length == 0;
  }

  void clear() {
    length = 0;
  }

  void set(char[] chars, int from, int count) {
    if (bytes.length < count) {
      bytes = new byte[2 * count];
    }
    for (int i = 0; i < count; i++) {
      char next = chars[from + i];
      if (next > 0x7f) {
        bytes = new String(chars, from, count).getBytes(UTF_8);
        length = bytes.length;
        return;
      }
      bytes[i] = (byte) next;
    }
    length = count;
  }

  /** One of {@code count} partitions, always the same for the same text. */
  int partition(int count) {
    int hash = hash(bytes, 0, length);
    return Math.floorMod(hash, count);
  }

  @Override
  public String toString() {
    return new String(bytes, 0, length, UTF_8);
  }

  /** Of the bytes from an offset on; the upper bits are as good as the lower. */
  static int hash(byte[] bytes, int from, int length) {
    int hash = length;
    for (int i = from; i < from + length; i++) {
      hash = 31 * hash + bytes[i];
    }
    hash *= 0x9E3779B9;
    return hash ^ (hash >>> 15);
  }
}
