/** Lends the stack to tests. */
package io.kappa.local.junit;
