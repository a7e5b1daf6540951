package io.kappa.common.event.serde;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Whether bytes can be JSON text in UTF-8. The parser is lenient with overlong forms and encoded
 * surrogates, and takes bytes with NULs for UTF-16 or UTF-32.
 */
final class Utf8 {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
  private static final long BACKSLASHES = '\\' * ONES;

  private Utf8() {}

  /** Whether the bytes are well-formed UTF-8 without a NUL. */
  static boolean isText(byte[] bytes) {
    int i = 0;
    // Eight bytes at a time: nearly all records are ASCII, and each of their bytes comes by here.
    for (; i <= bytes.length - Long.BYTES; i += Long.BYTES) {
      long eight = (long) LONGS.get(bytes, i);
      if (((eight | (eight - ONES)) & HIGH_BITS) != 0) {
        return isWellFormed(bytes);
      }
    }
    for (; i < bytes.length; i++) {
      if (bytes[i] <= 0) {
        return isWellFormed(bytes);
      }
    }
    return true;
  }

  /** Whether there is a backslash, without which JSON text holds what it shows and nothing else. */
  static boolean hasBackslash(byte[] bytes) {
    int i = 0;
    for (; i <= bytes.length - Long.BYTES; i += Long.BYTES) {
      // A byte that is a backslash is zero here, and only with a zero byte is the test true.
      long eight = (long) LONGS.get(bytes, i) ^ BACKSLASHES;
      if (((eight - ONES) & ~eight & HIGH_BITS) != 0) {
        return true;
      }
    }
    for (; i < bytes.length; i++) {
      if (bytes[i] == '\\') {
        return true;
      }
    }
    return false;
  }

  private static boolean isWellFormed(byte[] bytes) {
    for (byte b : bytes) {
      if (b == 0) {
        return false;
      }
    }
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(Math.min(bytes.length + 1, 4096));
    CoderResult result;
    do {
      out.clear();
      result = decoder.decode(in, out, true);
    } while (result.isOverflow());
    return !result.isError();
  }
}
