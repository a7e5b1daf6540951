package io.kappa.control.cli;

import java.io.InputStream;
import java.io.PrintWriter;

/**
 * What a command reads from and writes to.
 *
 * @param in what is piped in
 * @param out facts and answers
 * @param err errors and progress
 * @param isInteractive somebody watches: lines may be drawn again
 */
public record Terminal(InputStream in, PrintWriter out, PrintWriter err, boolean isInteractive) {

  /** One line of facts. */
  void say(String line) {
    out.println(line);
    out.flush();
  }

  /** One line about how it's going. */
  void note(String line) {
    err.println(line);
    err.flush();
  }
}
