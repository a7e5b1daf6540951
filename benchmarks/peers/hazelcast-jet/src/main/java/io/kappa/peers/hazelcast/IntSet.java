package io.kappa.peers.hazelcast;

import java.util.Arrays;
import java.util.stream.IntStream;

/** A small set of positive numbers: 8 to 16 bytes for each. */
final class IntSet {

  private static final int EMPTY = 0;

  private int[] table = new int[4];
  private int size;

  /** Adds a number of 1 or more. */
  void add(int value) {
    if (2 * size >= table.length) {
      grow();
    }
    if (put(table, value)) {
      size++;
    }
  }

  int size() {
    return size;
  }

  IntStream stream() {
    return Arrays.stream(table).filter(value -> value != EMPTY);
  }

  private void grow() {
    int[] larger = new int[2 * table.length];
    for (int value : table) {
      if (value != EMPTY) {
        put(larger, value);
      }
    }
    table = larger;
  }

  private static boolean put(int[] table, int value) {
    int mask = table.length - 1;
    int place = ((value * 0x9E3779B9) >>> 16) & mask;
    while (table[place] != EMPTY) {
      if (table[place] == value) {
        return false;
      }
      place = (place + 1) & mask;
    }
    table[place] = value;
    return true;
  }
}
