/**
 * Changes how a version runs, its state and its tables kept: whether it can be done, and to begin.
 */
package io.kappa.control.upgrade;
