package io.kappa.jobs.activitymetrics;

/**
 * Numbers from 0 on, seven bits to a byte, the lowest first; all but the last byte are negative.
 */
final class VarInts {

  private static final int BITS = 7;
  private static final int MORE = 1 << BITS;

  private VarInts() {}

  /** How many bytes a number takes. */
  static int size(int number) {
    int size = 1;
    for (int rest = number >>> BITS; rest != 0; rest >>>= BITS) {
      size++;
    }
    return size;
  }

  static void put(byte[] bytes, int at, int number) {
    int place = at;
    int rest = number;
    while (rest >= MORE) {
      bytes[place++] = (byte) (rest | MORE);
      rest >>>= BITS;
    }
    bytes[place] = (byte) rest;
  }

  static int get(byte[] bytes, int at) {
    int number = bytes[at];
    if (number >= 0) {
      return number;
    }
    number &= MORE - 1;
    int place = at;
    for (int shift = BITS; ; shift += BITS) {
      int next = bytes[++place];
      number |= (next & (MORE - 1)) << shift;
      if (next >= 0) {
        return number;
      }
    }
  }
}
