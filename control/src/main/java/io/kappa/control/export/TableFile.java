package io.kappa.control.export;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A file that rows are written into. The same rows in the same order give the same bytes, whenever
 * and wherever they are written.
 */
interface TableFile extends Closeable {

  /**
   * Writes a row.
   *
   * @param values as {@link io.kappa.control.catalogue.TableRows} hands them over
   */
  void row(List<Optional<String>> values) throws IOException;

  /** Writes what remains to be written after the last row. */
  void finish() throws IOException;
}
