package io.kappa.common.sink;

import java.util.UUID;

/**
 * The name of a batch in the chain of batches that a version commits, each of which names the one
 * before it.
 *
 * @param generation the run that made the batch; 0 before any
 * @param name random, so that no two batches share it
 */
public record Link(long generation, String name) {

  /** Before the first batch. */
  public static final Link START = new Link(0, "");

  static Link fresh(long generation) {
    return new Link(generation, UUID.randomUUID().toString());
  }

  /** The link as the ledger stores it. */
  String text() {
    return equals(START) ? "" : generation + "/" + name;
  }

  /**
   * @throws IllegalArgumentException if the text is no link
   */
  static Link parse(String text) {
    if (text.isEmpty()) {
      return START;
    }
    int slash = text.indexOf('/');
    if (slash < 1) {
      throw new IllegalArgumentException("'%s' is no link of a ledger".formatted(text));
    }
    return new Link(Long.parseLong(text.substring(0, slash)), text.substring(slash + 1));
  }
}
