package io.kappa.peers.kafkastreams;

import java.util.Arrays;

/**
 * Different ids, each with its length before it, one behind the other in one array, as they stand
 * in the store too. Few are looked through; many get an index.
 */
final class UserSet {

  private static final int FEW = 8;
  private static final int LONGEST = 1 << 14;

  private byte[] packed;
  private int size;
  private int count;

  /** Where in {@link #packed} an id begins, plus one; 0 is free. No more than half is taken. */
  private int[] index;

  UserSet() {
    packed = new byte[16];
  }

  /** Reads the rest of what {@link #write} wrote. */
  UserSet(In in) {
    count = (int) in.number();
    size = in.bytes().length - in.position();
    packed = Arrays.copyOfRange(in.bytes(), in.position(), in.position() + size + 16);
    in.skip(size);
    if (count > FEW) {
      reindex();
    }
  }

  void write(Out out) {
    out.number(count).raw(packed, 0, size);
  }

  int count() {
    return count;
  }

  /** Adds an id if it isn't there. */
  void add(byte[] bytes, int from, int length) {
    if (length >= LONGEST) {
      throw new IllegalArgumentException("an id of " + length + " bytes");
    }
    if (index == null) {
      if (!isAmongFew(bytes, from, length)) {
        append(bytes, from, length);
        if (count > FEW) {
          reindex();
        }
      }
      return;
    }
    int slot = slot(bytes, from, length);
    if (index[slot] == 0) {
      index[slot] = append(bytes, from, length) + 1;
      if (2 * count > index.length) {
        reindex();
      }
    }
  }

  private boolean isAmongFew(byte[] bytes, int from, int length) {
    for (int at = 0; at < size; at += 2 + length(at)) {
      if (isAt(at, bytes, from, length)) {
        return true;
      }
    }
    return false;
  }

  private int slot(byte[] bytes, int from, int length) {
    int mask = index.length - 1;
    int slot = Text.hash(bytes, from, length) & mask;
    while (index[slot] != 0 && !isAt(index[slot] - 1, bytes, from, length)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private int append(byte[] bytes, int from, int length) {
    int at = size;
    int end = at + 2 + length;
    if (end > packed.length) {
      packed = Arrays.copyOf(packed, Math.max(2 * packed.length, end));
    }
    packed[at] = (byte) (length >> 7);
    packed[at + 1] = (byte) (length & 0x7f);
    System.arraycopy(bytes, from, packed, at + 2, length);
    size = end;
    count++;
    return at;
  }

  private void reindex() {
    index = new int[4 * Integer.highestOneBit(count)];
    for (int at = 0; at < size; at += 2 + length(at)) {
      index[slot(packed, at + 2, length(at))] = at + 1;
    }
  }

  private int length(int at) {
    return packed[at] << 7 | packed[at + 1];
  }

  private boolean isAt(int at, byte[] bytes, int from, int length) {
    int begin = at + 2;
    return length(at) == length
        && Arrays.equals(packed, begin, begin + length, bytes, from, from + length);
  }
}
