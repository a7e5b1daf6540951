package io.kappa.jobs.recommendations;

/**
 * How large an item's audience is now. It never shrinks: whoever is pushed out makes room for
 * somebody.
 */
public record ItemSize(String itemId, int users) {}
