package io.kappa.local.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kappa.common.event.serde.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoaderTest {

  private static final String FOLLOW =
      "{\"followerId\":\"a\",\"followeeId\":\"b\",\"active\":true,\"at\":1700000000000}";
  private static final String SPACED =
      "{ \"at\":1700000000001, \"followerId\":\"c\",\"followeeId\":\"d\",\"active\":false,\"x\":1}";
  private static final String HEADER =
      "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";

  @TempDir Path directory;

  private final MockProducer<byte[], byte[]> follows = Broker.withTopic("follows");
  private final MockProducer<byte[], byte[]> activity = Broker.withTopic("activity");
  private final List<String> badLines = new ArrayList<>();
  private final List<String> reports = new ArrayList<>();

  @Test
  void linesAreSentAsTheyAreAndABadOneIsReportedWithItsNumber() throws IOException {
    Path file =
        file("follows.ndjson", FOLLOW + "\n\nnonsense\n" + SPACED + "\r\n{\"at\":1}\n" + FOLLOW);

    LoadResult result = loadFollows(file);

    assertThat(Broker.records(follows))
        .containsExactly("a=" + FOLLOW, "c=" + SPACED, "a=" + FOLLOW);
    assertThat(badLines)
        .containsExactly(
            "3: NOT_JSON: byte 0: Unrecognized token 'nonsense': was expecting (JSON String, Number,"
                + " Array, Object or token 'null', 'true' or 'fal…",
            "5: ABSURD_FIELD: at: 1; allowed: a whole number from 946684800000 to 253402300799999");
    assertThat(result).isEqualTo(new LoadResult(3, 2, 2L * FOLLOW.length() + SPACED.length()));
    assertThat(follows.flushed()).isTrue();
    assertThat(reports)
        .containsExactly("%d of %d: 3".formatted(Files.size(file), Files.size(file)));
  }

  @Test
  void aPackedFileIsKnownByItsContentAndMayHaveSeveralMembers() throws IOException {
    Path file = directory.resolve("follows.txt");
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(packed(FOLLOW + "\n"));
      out.write(packed(SPACED + "\n"));
    }

    loadFollows(file);

    assertThat(Broker.records(follows)).containsExactly("a=" + FOLLOW, "c=" + SPACED);
  }

  @Test
  void aLineOfAHundredMegabytesIsReportedAndTheRestLoaded() throws IOException {
    Path file = directory.resolve("follows.gz");
    byte[] part = new byte[1 << 20];
    Arrays.fill(part, (byte) 'x');
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i < 100; i++) {
        out.write(part);
      }
      out.write(('\n' + FOLLOW).getBytes(StandardCharsets.UTF_8));
    }

    LoadResult result = loadFollows(file);

    assertThat(badLines).containsExactly("1: a line of more than 1048576 bytes");
    assertThat(result).isEqualTo(new LoadResult(1, 1, FOLLOW.length()));
  }

  @Test
  void aPackedFileThatIsCutShortEndsInAnErrorAfterWhatCouldBeRead() throws IOException {
    byte[] packed = packed((FOLLOW + "\n").repeat(50_000));
    Path file = directory.resolve("follows.gz");
    Files.write(file, Arrays.copyOf(packed, packed.length - 20));

    assertThatThrownBy(() -> loadFollows(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "%s: can't be read to its end (java.io.EOFException: Unexpected end of ZLIB input"
                .formatted(file))
        .hasMessageContaining("the %d records before that".formatted(follows.history().size()));
    assertThat(follows.flushed()).isTrue();
  }

  @Test
  void rowsOfACsvAreSentInCanonicalForm() throws IOException {
    Path file =
        file(
            "retail.csv",
            HEADER
                + "536365,85123A,\"A \"\"T-LIGHT\"\", RED\",6,2010-12-01 08:26:00,2.55,17850.0,EIRE\n"
                + "C1,22423,x,-2,2010-12-01 08:26:01,0.125,,France\n");

    LoadResult result = loadRetail(file);

    assertThat(Broker.records(activity))
        .containsExactly(
            "17850={\"eventId\":\"536365-2\",\"userId\":\"17850\",\"itemId\":\"85123A\","
                + "\"kind\":\"purchase\",\"at\":1291191960000,\"quantity\":6,"
                + "\"amountCents\":1530,\"country\":\"EIRE\"}",
            "none={\"eventId\":\"C1-3\",\"itemId\":\"22423\",\"kind\":\"return\","
                + "\"at\":1291191961000,\"quantity\":-2,\"amountCents\":-25,"
                + "\"country\":\"France\"}");
    assertThat(result.sent()).isEqualTo(2);
    assertThat(badLines).isEmpty();
  }

  @Test
  void badRowsOfACsvAreReportedAndTheRestLoaded() throws IOException {
    String good = "1,item,x,6,2010-12-01 08:26:00,1,1.0,EIRE\n";
    Path file =
        file(
            "retail.csv",
            HEADER
                + "1,item,\"open,6,2010-12-01 08:26:00,1,1.0,EIRE\n"
                + good
                + "1,item,6\n"
                + "1,item,x,many,2010-12-01 08:26:00,1,1.0,EIRE\n"
                + "1,item,x,6,2010-02-30 08:26:00,1,1.0,EIRE\n"
                + "1,,x,6,2010-12-01 08:26:00,1,1.0,EIRE\n"
                + "1,item,x,6,1910-12-01 08:26:00,1,1.0,EIRE\n"
                + good);

    LoadResult result = loadRetail(file);

    assertThat(badLines)
        .containsExactly(
            "2: a quote that isn't closed, or text right after a closed one",
            "4: 3 columns; allowed: 8, as in the header",
            "5: column Quantity: many; allowed: a number such as 12 or -3.50",
            "6: column InvoiceDate: 2010-02-30 08:26:00; allowed: a time as uuuu-MM-dd HH:mm:ss",
            "7: MISSING_FIELD: itemId: missing, null or empty; it must be there",
            "8: ABSURD_FIELD: at: -1864568040000; allowed: a whole number from 946684800000 to"
                + " 253402300799999");
    assertThat(result.sent()).isEqualTo(2);
  }

  @Test
  void recordsWithoutAKeyStayWithTheirCopies() throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      String json =
          "{\"eventId\":\"e%d\",\"itemId\":\"i\",\"kind\":\"view\",\"at\":1700000000000}\n"
              .formatted(i % 20);
      rows.append(json);
    }

    new Loader(activity)
        .load(
            file("a.ndjson", rows.toString()),
            Topics.ACTIVITY,
            Optional.empty(),
            this::report,
            this::bad);

    List<Integer> partitions = activity.history().stream().map(r -> r.partition()).toList();
    assertThat(partitions.subList(0, 20)).isEqualTo(partitions.subList(20, 40));
    assertThat(partitions).contains(0, 1, 2, 3);
  }

  @Test
  void aRecordThatTheProducerRefusesEndsInAnError() throws IOException {
    follows.sendException = new KafkaException("the buffer is full");
    Path file = file("follows.ndjson", FOLLOW + "\n" + SPACED + "\n");

    assertThatThrownBy(() -> loadFollows(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("(KafkaException: the buffer is full); 0 of 0");
    assertThat(reports).isEmpty();
  }

  @Test
  void aRecordThatTheBrokerDoesNotTakeEndsInAnError() {
    MockProducer<byte[], byte[]> silent = Broker.silent("follows");
    LogWriter writer = new LogWriter(silent, "follows");
    writer.send(null, FOLLOW.getBytes(StandardCharsets.UTF_8));
    writer.send(null, SPACED.getBytes(StandardCharsets.UTF_8));
    silent.completeNext();
    silent.errorNext(new TimeoutException("120000 ms have passed"));

    assertThatThrownBy(writer::finish)
        .isInstanceOf(DataException.class)
        .hasMessage(
            "topic follows: a record could not be written (TimeoutException: 120000 ms have passed);"
                + " 1 of 2 handed over so far are in the log. See that the broker is up and has"
                + " room, then give the command again: copies of an event count once");
  }

  @Test
  void whatCannotBeLoadedIsRefusedBeforeAnythingIsSent() throws IOException {
    Mapping retail = Mapping.named("online-retail");
    Path missing = directory.resolve("missing");
    assertThatThrownBy(() -> loadFollows(missing))
        .hasMessage(missing + ": no such file. Give the path of one");
    assertThatThrownBy(() -> loadFollows(directory)).hasMessageContaining("a directory");
    Path csv = file("a.csv", "a,b\n1,2\n");
    assertThatThrownBy(() -> loadFollows(csv))
        .hasMessage(
            csv
                + ": a CSV without a mapping. Name a mapping that is shipped (online-retail) or the"
                + " path of your own");
    assertThatThrownBy(
            () ->
                new Loader(follows)
                    .load(csv, Topics.FOLLOWS, Optional.of(retail), this::report, this::bad))
        .hasMessageContaining("makes events of topic activity, not of follows");
    assertThatThrownBy(() -> loadRetail(csv))
        .hasMessageContaining("needs the columns InvoiceNo (for eventId), CustomerID (for userId)")
        .hasMessageContaining("there are a, b");
    assertThatThrownBy(() -> loadRetail(file("empty.csv", "")))
        .hasMessageContaining("the file is empty");
    assertThatThrownBy(() -> loadRetail(file("twice.csv", "a,a\n")))
        .hasMessageContaining("two columns are called a");
    assertThat(follows.history()).isEmpty();
    assertThat(activity.history()).isEmpty();
  }

  private LoadResult loadFollows(Path file) {
    return new Loader(follows)
        .load(file, Topics.FOLLOWS, Optional.empty(), this::report, this::bad);
  }

  private LoadResult loadRetail(Path file) {
    Mapping mapping = Mapping.named("online-retail");
    return new Loader(activity)
        .load(file, Topics.ACTIVITY, Optional.of(mapping), this::report, this::bad);
  }

  private void report(long done, long total, long records) {
    reports.add("%d of %d: %d".formatted(done, total, records));
  }

  private void bad(long line, String reason) {
    badLines.add(line + ": " + reason);
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content);
  }

  private static byte[] packed(String content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
