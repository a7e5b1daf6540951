package io.kappa.peers.kafkastreams;

import java.util.Arrays;

/** Bytes that grow: numbers take as many as they need, texts have their length before them. */
final class Out {

  private static final int LONGEST_NUMBER = 10;

  private byte[] bytes;
  private int size;

  Out(int capacity) {
    bytes = new byte[capacity];
  }

  int size() {
    return size;
  }

  Out clear() {
    size = 0;
    return this;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  Out octet(int value) {
    room(1);
    bytes[size++] = (byte) value;
    return this;
  }

  Out number(long value) {
    room(LONGEST_NUMBER);
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
    return this;
  }

  Out text(Text text) {
    return text(text.bytes(), 0, text.length());
  }

  Out text(byte[] from, int offset, int length) {
    return number(length).raw(from, offset, length);
  }

  /** Without a length before them. */
  Out raw(byte[] from, int offset, int length) {
    room(length);
    System.arraycopy(from, offset, bytes, size, length);
    size += length;
    return this;
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }
}
