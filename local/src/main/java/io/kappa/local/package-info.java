/** The whole stack on one machine: what it is made of, how it starts, ends and is found. */
package io.kappa.local;
