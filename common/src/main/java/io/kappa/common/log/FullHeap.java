package io.kappa.common.log;

import java.io.IOException;

/** Notes that a reader found the memory full, once and as soon as the store takes it. */
final class FullHeap {

  /** Where it's noted. */
  @FunctionalInterface
  interface Note {

    /**
     * @throws IOException if it isn't noted
     */
    void write() throws IOException;
  }

  private final Note note;
  private volatile boolean heard;
  private volatile boolean noted;

  FullHeap(Note note) {
    this.note = note;
  }

  /** A reader says so. */
  void heard() {
    heard = true;
  }

  /**
   * Writes the note if there is one to write.
   *
   * @return whether it's written
   * @throws IOException if the store doesn't take it; it may be given again
   */
  boolean write() throws IOException {
    if (heard && !noted) {
      note.write();
      noted = true;
    }
    return noted;
  }
}
