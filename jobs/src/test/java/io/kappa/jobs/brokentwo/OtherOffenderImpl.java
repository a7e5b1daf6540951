package io.kappa.jobs.brokentwo;

/** Seen by another job, and called what no class may be called. */
public final class OtherOffenderImpl {}
