package io.kappa.jobs.activitymetrics;

import java.util.Arrays;

/**
 * Event keys in the order in which they came, one behind the other in an array of bytes: the
 * smallest form, on the heap and on disk. Before each stands its length, and whether it is one that
 * was put where its id belongs rather than where its user does.
 */
final class KeyList {

  /** The key is there. */
  static final int FOUND = -1;

  private static final byte[] NOTHING = {};

  private byte[] bytes;
  private int size;
  private boolean changed;

  /**
   * @param bytes what {@link #bytes} gave; never changed
   */
  KeyList(byte[] bytes) {
    this.bytes = bytes;
    this.size = bytes.length;
  }

  static KeyList empty() {
    return new KeyList(NOTHING);
  }

  /** What it holds; shares nothing that changes later. */
  byte[] bytes() {
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }

  /** Whether it's another list than the one it was made of. */
  boolean hasChanged() {
    return changed;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /**
   * Looks for a key.
   *
   * @return {@link #FOUND}; or else how many keys of its user are here that aren't by id
   */
  int find(EventKey key) {
    int ofUser = 0;
    int at = 0;
    while (at < size) {
      int head = VarInts.get(bytes, at);
      int from = at + VarInts.size(head);
      int to = from + (head >>> 1);
      if (key.isOfSameUser(bytes, from, to)) {
        if (key.hasSameId(bytes, from, to)) {
          return FOUND;
        }
        ofUser += 1 - (head & 1);
      }
      at = to;
    }
    return ofUser;
  }

  /**
   * Puts a key at the end.
   *
   * @param byId whether it's here for its id, not for its user
   */
  void add(EventKey key, boolean byId) {
    int head = key.length() << 1 | (byId ? 1 : 0);
    int from = size + VarInts.size(head);
    grow(from + key.length());
    VarInts.put(bytes, size, head);
    key.copyTo(bytes, from);
    size = from + key.length();
    changed = true;
  }

  /** The array may be somebody else's as long as it's full. */
  private void grow(int needed) {
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, size + size / 2));
    }
  }

  /** Decides by the hash that a key was placed by. */
  @FunctionalInterface
  interface Choice {
    boolean takes(int hash);
  }

  /** The keys that a choice takes, in their order. */
  KeyList only(Choice choice) {
    KeyList taken = new KeyList(new byte[size]);
    taken.size = 0;
    taken.changed = true;
    int at = 0;
    while (at < size) {
      int head = VarInts.get(bytes, at);
      int from = at + VarInts.size(head);
      int to = from + (head >>> 1);
      boolean byId = (head & 1) == 1;
      int hash = byId ? EventKey.hash(bytes, from, to) : EventKey.userHash(bytes, from);
      if (choice.takes(hash)) {
        System.arraycopy(bytes, at, taken.bytes, taken.size, to - at);
        taken.size += to - at;
      }
      at = to;
    }
    return taken;
  }

  /** Does something with a key. */
  @FunctionalInterface
  interface Use {
    void of(EventKey key) throws Exception;
  }

  void forEach(Use use) throws Exception {
    int at = 0;
    while (at < size) {
      int head = VarInts.get(bytes, at);
      int from = at + VarInts.size(head);
      int to = from + (head >>> 1);
      use.of(EventKey.of(bytes, from, to));
      at = to;
    }
  }
}
