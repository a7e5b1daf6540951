package io.kappa.jobs.frauddetection;

/** A rule found something. */
public record Finding(String ruleId, String reason) {}
