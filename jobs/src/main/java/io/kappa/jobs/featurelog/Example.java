package io.kappa.jobs.featurelog;

/** A transaction that somebody judged, with what its account knew then. */
public record Example(Sale sale, AccountFeatures account) {}
