package io.kappa.peers.kafkastreams;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Reads what {@link Out} wrote. */
final class In {

  private final byte[] bytes;
  private int position;

  In(byte[] bytes) {
    this.bytes = bytes;
  }

  boolean hasMore() {
    return position < bytes.length;
  }

  byte[] bytes() {
    return bytes;
  }

  int position() {
    return position;
  }

  void skip(int count) {
    position += count;
  }

  int octet() {
    return bytes[position++];
  }

  long number() {
    long all = 0;
    int shift = 0;
    byte next;
    do {
      next = bytes[position++];
      all |= (next & 0x7fL) << shift;
      shift += 7;
    } while (next < 0);
    return (all >>> 1) ^ -(all & 1);
  }

  String text() {
    int length = (int) number();
    String text = new String(bytes, position, length, UTF_8);
    position += length;
    return text;
  }
}
