package io.kappa.jobs.frauddetection;

/** Names a wording of a rule: the rule, and from when it holds. */
public record WordingId(String ruleId, long from) {}
