/**
 * The limit, the peers and us: each reads the same log from its beginning and leaves the same
 * tables in the same PostgreSQL.
 */
package io.kappa.benchmarks.peers;
