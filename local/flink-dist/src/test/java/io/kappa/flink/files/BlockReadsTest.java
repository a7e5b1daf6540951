package io.kappa.flink.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read in blocks is what is in the file, wherever it's asked for. */
class BlockReadsTest {

  private static final int SIZE = 300_000;
  private static final int STEPS = 2_000;

  @TempDir Path directory;
  private final byte[] content = new byte[SIZE];
  private Path file;

  @BeforeEach
  void write() throws IOException {
    new Random(1).nextBytes(content);
    file = Files.write(directory.resolve("file"), content);
  }

  @Test
  void flinkReadsFilesSo() throws IOException {
    assertThat(FileSystem.getUnguardedFileSystem(file.toUri())).isInstanceOf(BlockReadFiles.class);
    try (FSDataInputStream stream = open()) {
      assertThat(stream).isInstanceOf(BlockReads.class);
      assertThat(stream.readAllBytes()).isEqualTo(content);
    }
  }

  @RepeatedTest(20)
  void anyOrderOfCallsReadsWhatIsThere(RepetitionInfo repetition) throws IOException {
    long seed = repetition.getCurrentRepetition();
    Random random = new Random(seed);
    try (FSDataInputStream stream = open()) {
      int at = 0;
      for (int step = 0; step < STEPS; step++) {
        at = call(stream, at, random);
        assertThat(stream.getPos()).as("seed %d, step %d", seed, step).isEqualTo(at);
      }
    }
  }

  /**
   * @return where the stream should be then
   */
  private int call(FSDataInputStream stream, int at, Random random) throws IOException {
    int length = random.nextInt(random.nextInt(4) == 0 ? SIZE / 3 : 200);
    return switch (random.nextInt(6)) {
      case 0, 1 -> {
        assertThat(stream.read()).isEqualTo(at < SIZE ? content[at] & 0xff : -1);
        yield Math.min(at + 1, SIZE);
      }
      case 2, 3 -> at + bytes(stream, at, length);
      case 4 -> {
        int target = random.nextInt(SIZE + 1);
        stream.seek(target);
        yield target;
      }
      default -> {
        int left = Math.min(length, SIZE - at);
        assertThat(stream.available()).isEqualTo(SIZE - at);
        assertThat(stream.skip(left)).isEqualTo(left);
        yield at + left;
      }
    };
  }

  private int bytes(FSDataInputStream stream, int at, int length) throws IOException {
    byte[] bytes = new byte[length + 2];
    int count = stream.read(bytes, 1, length);
    if (at == SIZE && length > 0) {
      assertThat(count).isEqualTo(-1);
      return 0;
    }
    assertThat(count).isBetween(Math.min(length, 1), length);
    assertThat(Arrays.copyOfRange(bytes, 1, count + 1))
        .isEqualTo(Arrays.copyOfRange(content, at, at + count));
    return count;
  }

  private FSDataInputStream open() throws IOException {
    return FileSystem.get(file.toUri()).open(new org.apache.flink.core.fs.Path(file.toUri()));
  }
}
