package io.kappa.local.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.local.data.BoundedLines.Line;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;

class BoundedLinesTest {

  private static final int LONGEST = 4;

  @Property
  void linesAreWhatSplittingTheWholeTextGives(
      @ForAll @Chars({'\n', '\r', '"'}) @CharRange(from = 'a', to = 'b') String text,
      @ForAll @IntRange(min = 1, max = 3) int chunk)
      throws IOException {
    assertThat(lines(text, chunk)).isEqualTo(split(text));
  }

  @Example
  void aByteOrderMarkBelongsToNoLine() throws IOException {
    assertThat(lines("\ufeffa\n\ufeff\n", 1)).containsExactly("1:a", "2:\ufeff");
  }

  @Example
  void aLineOfBlanksIsBlankAndOneThatIsTooLongIsNot() throws IOException {
    BoundedLines lines = over(" \t\r\n     \nx", 1);
    assertThat(lines.next().isBlank()).isTrue();
    assertThat(lines.next().isBlank()).isFalse();
    assertThat(lines.next().isBlank()).isFalse();
    assertThat(lines.next()).isNull();
  }

  private static List<String> split(String text) {
    List<String> expected = new ArrayList<>();
    List<String> parts = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
    if (parts.get(parts.size() - 1).isEmpty()) {
      parts.remove(parts.size() - 1);
    }
    for (String part : parts) {
      String line = part.endsWith("\r") ? part.substring(0, part.length() - 1) : part;
      expected.add((expected.size() + 1) + ":" + (part.length() > LONGEST ? "too long" : line));
    }
    return expected;
  }

  private static List<String> lines(String text, int chunk) throws IOException {
    BoundedLines lines = over(text, chunk);
    List<String> found = new ArrayList<>();
    for (Line line = lines.next(); line != null; line = lines.next()) {
      String content =
          line.isTooLong() ? "too long" : new String(line.bytes(), StandardCharsets.UTF_8);
      found.add(line.number() + ":" + content);
    }
    return found;
  }

  /** A stream that gives no more than so many bytes at once. */
  private static BoundedLines over(String text, int chunk) {
    InputStream bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    return new BoundedLines(
        new FilterInputStream(bytes) {
          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            return super.read(target, offset, Math.min(length, chunk));
          }
        },
        LONGEST);
  }
}
