package io.kappa.jobs.walls.broken.two;

/** Seen by another job, and called what no class may be called. */
public final class OtherOffenderImpl {}
