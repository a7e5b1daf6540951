package io.kappa.control.cli;

import io.kappa.control.catalogue.ReaderQuery;

/** An answer that is printed as it comes. */
interface PrintedAnswer extends ReaderQuery.Answer {

  /** Called after the last row. */
  void end();
}
