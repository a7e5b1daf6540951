/**
 * Whether a job can go on from a savepoint: a verdict a state, from what the savepoint holds and
 * what the job would keep. Pure: it knows neither Flink nor files.
 */
package io.kappa.savepoints.compat;
