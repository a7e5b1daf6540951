/** What is in a savepoint, read where it lies, without a cluster. */
package io.kappa.savepoints.inspect;
