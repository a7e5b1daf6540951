package io.kappa.flink.files;

import java.io.IOException;
import java.util.Objects;
import org.apache.flink.core.fs.FSDataInputStream;

/**
 * Reads a file in blocks. Flink takes state out of a snapshot a few bytes at a time, and its own
 * stream of a local file asks the system for each: some ten times for an entry of a map.
 */
final class BlockReads extends FSDataInputStream {

  private static final int BLOCK = 64 * 1024;

  private final FSDataInputStream file;
  private final byte[] block = new byte[BLOCK];
  private int next;
  private int end;
  private long position;

  /**
   * @param file where it is read from, at its beginning; closed with this
   */
  BlockReads(FSDataInputStream file) {
    this.file = file;
  }

  @Override
  public int read() throws IOException {
    return next < end || fill() ? take() : -1;
  }

  private int take() {
    position++;
    return block[next++] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    if (next == end && length >= BLOCK) {
      forget();
      int count = file.read(into, offset, length);
      position += Math.max(count, 0);
      return count;
    }
    if (next == end && !fill()) {
      return -1;
    }
    int count = Math.min(length, end - next);
    System.arraycopy(block, next, into, offset, count);
    next += count;
    position += count;
    return count;
  }

  private boolean fill() throws IOException {
    next = 0;
    end = Math.max(file.read(block, 0, BLOCK), 0);
    return end > 0;
  }

  @Override
  public long skip(long count) throws IOException {
    int here = (int) Math.min(Math.max(count, 0), end - next);
    next += here;
    position += here;
    if (here >= count) {
      return here;
    }
    forget();
    long beyond = file.skip(count - here);
    position += beyond;
    return here + beyond;
  }

  @Override
  public int available() throws IOException {
    return (int) Math.min(Integer.MAX_VALUE, (long) end - next + file.available());
  }

  @Override
  public void seek(long target) throws IOException {
    long begin = position - next;
    if (target >= begin && target <= begin + end) {
      next = (int) (target - begin);
    } else {
      file.seek(target);
      forget();
    }
    position = target;
  }

  /** The block isn't what lies before the file's own position any more. */
  private void forget() {
    next = 0;
    end = 0;
  }

  @Override
  public long getPos() {
    return position;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
