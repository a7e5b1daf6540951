/** Faults that tests cause on purpose. */
package io.kappa.local.chaos;
