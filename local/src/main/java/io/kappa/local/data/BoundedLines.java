package io.kappa.local.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The lines of a stream. Of one that is too long, only that is kept. */
final class BoundedLines {

  /**
   * @param number from 1
   * @param bytes without the line's end; {@code null} where there were too many
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Line(long number, byte[] bytes) {

    boolean isTooLong() {
      return bytes == null;
    }

    boolean isBlank() {
      if (bytes == null) {
        return false;
      }
      for (byte b : bytes) {
        if (b != ' ' && b != '\t' && b != '\r') {
          return false;
        }
      }
      return true;
    }
  }

  private final InputStream in;
  private final int longest;
  private final byte[] buffer = new byte[64 << 10];
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
  private int position;
  private int limit;
  private long number;

  /**
   * @param longest the most bytes a line may have
   */
  BoundedLines(InputStream in, int longest) {
    this.in = in;
    this.longest = longest;
  }

  /** The next line; {@code null} at the end. */
  Line next() throws IOException {
    begun.reset();
    boolean tooLong = false;
    boolean any = false;
    boolean ended = false;
    while (!ended && fill()) {
      any = true;
      int end = position;
      while (end < limit && buffer[end] != '\n') {
        end++;
      }
      tooLong |= begun.size() + (end - position) > longest;
      if (!tooLong) {
        begun.write(buffer, position, end - position);
      }
      ended = end < limit;
      position = ended ? end + 1 : end;
    }
    return any ? new Line(++number, tooLong ? null : bytes()) : null;
  }

  private boolean fill() throws IOException {
    if (position == limit) {
      position = 0;
      limit = Math.max(in.read(buffer), 0);
    }
    return limit > 0;
  }

  private byte[] bytes() {
    byte[] bytes = begun.toByteArray();
    int from = number == 1 && startsWithByteOrderMark(bytes) ? 3 : 0;
    int to =
        bytes.length > from && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
    return from == 0 && to == bytes.length ? bytes : Arrays.copyOfRange(bytes, from, to);
  }

  private static boolean startsWithByteOrderMark(byte[] bytes) {
    return bytes.length >= 3
        && bytes[0] == (byte) 0xEF
        && bytes[1] == (byte) 0xBB
        && bytes[2] == (byte) 0xBF;
  }
}
