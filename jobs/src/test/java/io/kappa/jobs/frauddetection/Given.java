package io.kappa.jobs.frauddetection;

import io.kappa.common.event.Label;
import io.kappa.common.event.Rule;
import io.kappa.common.event.Transaction;
import java.time.Instant;
import java.util.Map;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;

/** What scenarios begin with: a job without rules of its own, and short forms of events. */
final class Given {

  static final long HOUR = 3_600_000;
  static final long DAY = 24 * HOUR;
  static final long NOON = Instant.parse("2024-05-01T12:00:00Z").toEpochMilli();
  static final Map<String, String> NO_BUILTIN =
      Map.of("builtin-rules", "none", "max-window", "7d", "label-horizon", "10d");

  /** What the rule of {@link #suspected} says of a transaction, behind its id. */
  static final String SUSPICION =
      " suspected: fraud confirmed at the terminal within 7d: 1 or more";

  static JobHarness begin() throws Exception {
    return JobHarness.begin(new HashMapStateBackend(), NO_BUILTIN);
  }

  static Transaction paid(String id, String account, String terminal, long at, long cents) {
    return new Transaction(id, account, terminal, cents, "EUR", at);
  }

  static Label fraud(String id, String account, long at) {
    return new Label(id, account, true, at);
  }

  static Rule amountAbove(long cents, long from) {
    return new Rule("large", "amount-above", "{\"amountCents\":" + cents + "}", from, null);
  }

  static Rule countAbove(String per, long from) {
    return new Rule(
        "busy",
        "count-above",
        "{\"count\":1,\"per\":\"%s\",\"window\":\"1h\"}".formatted(per),
        from,
        null);
  }

  static Rule suspected(String window, long from) {
    return new Rule(
        "suspected", "terminal-suspected", "{\"window\":\"" + window + "\"}", from, null);
  }

  private Given() {}
}
