/**
 * What plain Java reaches on the same log and the same tables, with nothing that makes it durable
 * or exact: the limit that all others are held against.
 */
package io.kappa.benchmarks.limit;
