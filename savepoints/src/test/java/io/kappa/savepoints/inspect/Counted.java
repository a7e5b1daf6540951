package io.kappa.savepoints.inspect;

/** A state class of the test's job. */
public record Counted(long sum, String name) {}
