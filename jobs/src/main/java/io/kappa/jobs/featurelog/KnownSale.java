package io.kappa.jobs.featurelog;

/**
 * What an account knows of a transaction id.
 *
 * @param sale {@code null} as long as only labels of it were read
 */
public record KnownSale(Sale sale, Labels labels) {

  static final KnownSale NOTHING = new KnownSale(null, Labels.NONE);

  KnownSale with(Sale read) {
    return new KnownSale(read, labels);
  }

  KnownSale with(Labels read) {
    return new KnownSale(sale, read);
  }
}
