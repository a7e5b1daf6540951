package io.kappa.control.export;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file that gets its name when all of it is on the disk. Until then it lies beside, under a
 * hidden name with the id of the process that writes it.
 */
final class PendingFile implements Closeable {

  private static final String SUFFIX = "-part";
  private static final int BUFFER = 1 << 16;

  private final Path target;
  private final Path part;
  private final FileChannel channel;
  private final MessageDigest digest = sha256();
  private final OutputStream out;
  private final Thread onExit;

  private PendingFile(Path target, Path part) throws IOException {
    this.target = target;
    this.part = part;
    this.channel = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    this.out = buffered(new DigestOutputStream(Channels.newOutputStream(channel), digest));
    this.onExit = new Thread(this::remove, "unfinished-export");
    Runtime.getRuntime().addShutdownHook(onExit);
  }

  /** Begins one, and removes what a process that was killed left of the same. */
  static PendingFile of(Path target) throws IOException {
    removeOrphans(target);
    String name = prefix(target) + ProcessHandle.current().pid() + SUFFIX;
    return new PendingFile(target, target.resolveSibling(name));
  }

  /** Takes the content. To close it does no more than to flush it. */
  OutputStream out() {
    return out;
  }

  /** Brings all of it to the disk; nothing more may be written. */
  void complete() throws IOException {
    out.flush();
    channel.force(true);
    channel.close();
  }

  /** SHA-256 of what is complete, in hexadecimal. */
  String digest() {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Gives it its name, in place of whatever has that name. */
  void publish() throws IOException {
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel folder = FileChannel.open(target.getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  /** Removes it unless it has got its name. */
  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(part);
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException ending) {
      // Somebody pressed Ctrl-C: the hook is at work.
      return;
    }
  }

  private static OutputStream buffered(OutputStream out) {
    return new BufferedOutputStream(out, BUFFER) {
      @Override
      public void close() throws IOException {
        flush();
      }
    };
  }

  private void remove() {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void removeOrphans(Path target) throws IOException {
    Pattern parts = Pattern.compile(Pattern.quote(prefix(target)) + "(\\d{1,18})" + SUFFIX);
    try (DirectoryStream<Path> beside = Files.newDirectoryStream(target.getParent())) {
      for (Path path : beside) {
        Matcher matcher = parts.matcher(path.getFileName().toString());
        if (matcher.matches() && isOver(Long.parseLong(matcher.group(1)))) {
          Files.deleteIfExists(path);
        }
      }
    }
  }

  private static String prefix(Path target) {
    return "." + target.getFileName() + ".";
  }

  /** This very process has just begun, so what bears its id is of an earlier one. */
  private static boolean isOver(long process) {
    return process == ProcessHandle.current().pid() || ProcessHandle.of(process).isEmpty();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
