package io.kappa.local.data;

import io.kappa.common.event.Event;
import io.kappa.common.event.serde.Decoded;
import io.kappa.common.event.serde.EventEncoder;
import io.kappa.common.event.serde.Topic;
import io.kappa.common.event.serde.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.clients.producer.Producer;

/**
 * Loads a file into a topic: NDJSON, or CSV with a mapping; plain or gzip, as its content says. A
 * line that is no event of the topic is reported, and the rest is loaded.
 */
public final class Loader {

  private static final int ENTRIES_PER_REPORT = 1000;

  private final Producer<byte[], byte[]> producer;

  /**
   * @param producer such as {@link LogProducer} opens; stays open
   */
  public Loader(Producer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  /**
   * Loads a file from its first line to its last. All that was sent is in the log when this
   * returns. Lines of NDJSON are sent as they are, rows of CSV in canonical form.
   *
   * @param mapping how the columns of a CSV become fields; empty: the file is NDJSON
   * @throws DataException if the file can't be read to its end, the mapping doesn't fit it, or a
   *     record can't be written; what was sent before stays in the log
   */
  public <E extends Event> LoadResult load(
      Path file, Topic<E> topic, Optional<Mapping> mapping, Progress progress, BadLines bad) {
    mapping.ifPresent(m -> m.checkTopic(topic));
    LogWriter writer = new LogWriter(producer, topic.name());
    EventEncoder<E> encoder = Topics.encoder(topic);
    try (InputFile in = InputFile.open(file)) {
      Entries entries =
          mapping.isPresent() ? MappedRows.open(in, mapping.get()) : JsonLines.open(in);
      long badLines = 0;
      long seen = 0;
      for (Entry entry = entries.next(); entry != null; entry = entries.next()) {
        Optional<String> problem = send(entry, topic, encoder, mapping.isPresent(), writer);
        if (problem.isPresent()) {
          badLines++;
          bad.badLine(entry.line(), problem.get());
        }
        if (++seen % ENTRIES_PER_REPORT == 0) {
          progress.at(in.bytesRead(), in.size(), writer.sent());
        }
      }
      writer.finish();
      progress.at(in.bytesRead(), in.size(), writer.sent());
      return new LoadResult(writer.sent(), badLines, writer.bytes());
    } catch (IOException e) {
      writer.finish();
      throw new DataException(
          "%s: can't be read to its end (%s); the %d records before that are in the log"
              .formatted(file, e, writer.sent()),
          "Put the whole file there and give the command again: copies of an event count once",
          e);
    }
  }

  private static <E extends Event> Optional<String> send(
      Entry entry, Topic<E> topic, EventEncoder<E> encoder, boolean canonical, LogWriter writer) {
    if (entry instanceof Entry.Bad bad) {
      return Optional.of(bad.reason());
    }
    byte[] value = ((Entry.Value) entry).bytes();
    Decoded<E> decoded = topic.decoder().decode(value);
    if (decoded instanceof Decoded.Rejected<E> rejected) {
      return Optional.of(rejected.reason() + ": " + rejected.detail());
    }
    E event = ((Decoded.Ok<E>) decoded).event();
    byte[] key = encoder.key(event).map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(null);
    writer.send(key, canonical ? encoder.encode(event) : value);
    return Optional.empty();
  }
}
