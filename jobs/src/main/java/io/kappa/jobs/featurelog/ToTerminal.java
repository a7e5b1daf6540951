package io.kappa.jobs.featurelog;

/**
 * What an account tells a terminal.
 *
 * @param sale a new transaction; {@code null} if it's about one that was told before
 * @param example one that was judged, with its features as they are now; {@code null} if it's new
 * @param labels what was said of it
 */
public record ToTerminal(String terminalId, Sale sale, Example example, Labels labels) {

  static ToTerminal of(Sale sale) {
    return new ToTerminal(sale.terminalId(), sale, null, Labels.NONE);
  }

  static ToTerminal of(Example example, Labels labels) {
    return new ToTerminal(example.sale().terminalId(), null, example, labels);
  }
}
