package io.kappa.local.data;

/** Told of each line of a file that can't be loaded. */
@FunctionalInterface
public interface BadLines {

  /**
   * @param line the line's number within the file, from 1; a CSV's header is a line
   * @param reason what is wrong with it
   */
  void badLine(long line, String reason);
}
