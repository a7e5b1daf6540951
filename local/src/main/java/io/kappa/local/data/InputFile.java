package io.kappa.local.data;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** A file being read, unpacked where its first bytes say it's gzip. */
final class InputFile implements AutoCloseable {

  private static final int BUFFER = 64 << 10;

  private final Path path;
  private final long size;
  private final Counted raw;
  private final InputStream content;

  private InputFile(Path path, long size, Counted raw, InputStream content) {
    this.path = path;
    this.size = size;
    this.raw = raw;
    this.content = content;
  }

  /**
   * @throws DataException if there is no such file
   */
  static InputFile open(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new DataException("%s: no such file".formatted(path), "Give the path of one");
    }
    if (Files.isDirectory(path)) {
      throw new DataException("%s: a directory".formatted(path), "Give the path of a file");
    }
    Counted raw = new Counted(Files.newInputStream(path));
    try {
      BufferedInputStream buffered = new BufferedInputStream(raw, BUFFER);
      InputStream content = isGzip(buffered) ? new GZIPInputStream(buffered, BUFFER) : buffered;
      return new InputFile(path, Files.size(path), raw, content);
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  private static boolean isGzip(BufferedInputStream in) throws IOException {
    in.mark(2);
    boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return gzip;
  }

  Path path() {
    return path;
  }

  /** What the file says, unpacked. */
  InputStream content() {
    return content;
  }

  /** Bytes of the file, as it lies on disk. */
  long size() {
    return size;
  }

  /** Bytes of the file, as it lies on disk, that were read so far. */
  long bytesRead() {
    return raw.count;
  }

  @Override
  public void close() throws IOException {
    content.close();
  }

  private static final class Counted extends FilterInputStream {

    private long count;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int b = in.read();
      count += b < 0 ? 0 : 1;
      return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int n = in.read(bytes, offset, length);
      count += Math.max(n, 0);
      return n;
    }
  }
}
