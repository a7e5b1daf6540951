package io.kappa.jobs.activitymetrics;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Names an event by its user and its id. It is one array of bytes, since it's what is kept of each
 * event as long as a copy may come: first the user, with their length before them, then the id.
 */
public final class EventKey {

  private static final int NOBODY = 0;

  private final byte[] bytes;
  private final int userEnd;

  private EventKey(byte[] bytes) {
    this.bytes = bytes;
    this.userEnd = userEnd(bytes, 0);
  }

  /**
   * @param userId {@code null} where nobody was signed in
   */
  static EventKey of(String userId, String eventId) {
    byte[] id = eventId.getBytes(StandardCharsets.UTF_8);
    if (userId == null) {
      byte[] bytes = new byte[1 + id.length];
      bytes[0] = NOBODY;
      System.arraycopy(id, 0, bytes, 1, id.length);
      return new EventKey(bytes);
    }
    byte[] user = userId.getBytes(StandardCharsets.UTF_8);
    int before = VarInts.size(user.length + 1);
    byte[] bytes = new byte[before + user.length + id.length];
    VarInts.put(bytes, 0, user.length + 1);
    System.arraycopy(user, 0, bytes, before, user.length);
    System.arraycopy(id, 0, bytes, before + user.length, id.length);
    return new EventKey(bytes);
  }

  /** The key that stands there. */
  static EventKey of(byte[] bytes, int from, int to) {
    return new EventKey(Arrays.copyOfRange(bytes, from, to));
  }

  static EventKey read(DataInputView in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return new EventKey(bytes);
  }

  void write(DataOutputView out) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  boolean hasUser() {
    return bytes[0] != NOBODY;
  }

  int userHash() {
    return userHash(bytes, 0);
  }

  int hash() {
    return hash(bytes, 0, bytes.length);
  }

  int length() {
    return bytes.length;
  }

  void copyTo(byte[] target, int at) {
    System.arraycopy(bytes, 0, target, at, bytes.length);
  }

  /** Whether the key that begins there is of the same user, or of nobody as this one. */
  boolean isOfSameUser(byte[] other, int from, int to) {
    return to - from >= userEnd && Arrays.equals(bytes, 0, userEnd, other, from, from + userEnd);
  }

  /** Whether that is this key's end, for one of the same user. */
  boolean hasSameId(byte[] other, int from, int to) {
    return Arrays.equals(bytes, userEnd, bytes.length, other, from + userEnd, to);
  }

  /** The hash of the user of the key that begins there. It decides where state is: don't change. */
  static int userHash(byte[] bytes, int from) {
    return hash(bytes, from, userEnd(bytes, from));
  }

  /** The hash of the key that stands there. It decides where state is: don't change it. */
  static int hash(byte[] bytes, int from, int to) {
    int hash = to - from;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
    hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
    return hash ^ (hash >>> 16);
  }

  private static int userEnd(byte[] bytes, int from) {
    int length = VarInts.get(bytes, from);
    return from + VarInts.size(length) + Math.max(0, length - 1);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EventKey key && Arrays.equals(bytes, key.bytes);
  }

  @Override
  public int hashCode() {
    return hash();
  }

  /** The user and the id, as they were given. */
  @Override
  public String toString() {
    String id = new String(bytes, userEnd, bytes.length - userEnd, StandardCharsets.UTF_8);
    if (!hasUser()) {
      return "nobody's " + id;
    }
    int before = VarInts.size(VarInts.get(bytes, 0));
    return new String(bytes, before, userEnd - before, StandardCharsets.UTF_8) + "'s " + id;
  }
}
