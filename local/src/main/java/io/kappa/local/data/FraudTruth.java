package io.kappa.local.data;

import io.kappa.common.event.Transaction;
import io.kappa.local.data.TopicTally.Fate;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which of the transactions that were written are fraud, and of which kind: the truth that alerts
 * are held against.
 *
 * <p>As CSV, in the order in which they were written, each once: {@code
 * transaction_id,kind,at,record}. The record is {@code on_time}; or {@code late} or {@code broken},
 * so that no reader can know of it.
 */
public final class FraudTruth implements AutoCloseable {

  private static final String HEADER = "transaction_id,kind,at,record\n";

  private final Frauds frauds;
  private final Writer out;
  private final Map<FraudKind, Long> onTime = new EnumMap<>(FraudKind.class);

  private FraudTruth(WorldSettings world, Writer out) {
    this.frauds = new Frauds(world);
    this.out = out;
    for (FraudKind kind : FraudKind.values()) {
      onTime.put(kind, 0L);
    }
  }

  /**
   * The truth about a world, written to a file if there is one; what it held before is gone.
   *
   * @throws DataException if the file can't be written
   */
  public static FraudTruth of(WorldSettings world, Optional<Path> file) {
    if (file.isEmpty()) {
      return new FraudTruth(world, Writer.nullWriter());
    }
    try {
      BufferedWriter out = Files.newBufferedWriter(file.get(), StandardCharsets.UTF_8);
      out.write(HEADER);
      return new FraudTruth(world, out);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  void add(GeneratedRecord<?> record, Fate fate) {
    if (record.copy() || !(record.event() instanceof Transaction transaction)) {
      return;
    }
    frauds.of(transaction).ifPresent(kind -> add(transaction, kind, fate));
  }

  private void add(Transaction transaction, FraudKind kind, Fate fate) {
    if (fate == Fate.ON_TIME) {
      onTime.merge(kind, 1L, Long::sum);
    }
    try {
      out.write(
          "%s,%s,%s,%s\n"
              .formatted(
                  transaction.transactionId(),
                  kind,
                  Instant.ofEpochMilli(transaction.at()),
                  fate.name().toLowerCase(Locale.ROOT)));
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** How many frauds of each kind readers can find. */
  public Map<FraudKind, Long> onTime() {
    return Collections.unmodifiableMap(onTime);
  }

  /**
   * Ends the file.
   *
   * @throws DataException if it can't be written to its end
   */
  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private static DataException unwritable(IOException e) {
    return new DataException(
        "The truth can't be written (%s)".formatted(e),
        "Name a file in a directory that is there and has room",
        e);
  }
}
