package io.kappa.jobs.recommendations;

import java.util.HashMap;
import java.util.Map;

/**
 * Adds up what one subtask has to send, by receiver, so that a receiver gets one message of many
 * cells. Sums commute, so it doesn't matter how they are cut.
 */
final class Outbox {

  private final int most;
  private final Sending sending;
  private Map<String, Sums> waiting = new HashMap<>();
  private int cells;

  /** Sends cells to their receiver. */
  @FunctionalInterface
  interface Sending {
    void send(String receiver, Cells cells);
  }

  /**
   * @param most so many cells wait at most
   */
  Outbox(int most, Sending sending) {
    this.most = most;
    this.sending = sending;
  }

  void add(String receiver, String id, long value) {
    if (value == 0) {
      return;
    }
    Sums sums = waiting.computeIfAbsent(receiver, key -> new Sums());
    int before = sums.size();
    sums.add(id, value);
    cells += sums.size() - before;
    if (cells >= most) {
      send();
    }
  }

  /** Sends all that waits. */
  void send() {
    waiting.forEach(
        (receiver, sums) -> {
          Cells sent = sums.cells();
          if (sent.size() > 0) {
            sending.send(receiver, sent);
          }
        });
    waiting = new HashMap<>();
    cells = 0;
  }
}
