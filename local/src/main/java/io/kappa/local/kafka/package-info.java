/** The broker that keeps the log. */
package io.kappa.local.kafka;
