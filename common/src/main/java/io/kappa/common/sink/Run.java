package io.kappa.common.sink;

import java.io.Serializable;
import java.util.UUID;

/**
 * One submission of a version to Flink. It may write as long as the ledger carries its generation
 * and token; the next run takes the ledger over.
 *
 * @param generation raised by each run of the version
 * @param token random, so that no two runs share it
 */
public record Run(String job, int version, long generation, UUID token) implements Serializable {

  /** What Flink is to call it, 32 hexadecimal digits: known before it is handed in. */
  public String flinkJobId() {
    return token.toString().replace("-", "");
  }

  /** What PostgreSQL shows of its connections. */
  public String purpose() {
    return "kappa %s v%d run %d".formatted(job, version, generation);
  }
}
