package io.kappa.jobs.recommendations;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

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

  /** Lets something be added to the sums that wait for the receiver. */
  void add(String receiver, Consumer<Sums> adding) {
    Sums sums = waiting.computeIfAbsent(receiver, key -> new Sums());
    int before = sums.size();
    adding.accept(sums);
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
