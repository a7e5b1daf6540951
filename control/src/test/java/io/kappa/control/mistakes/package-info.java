/** What goes wrong beside a live version: in a job's code, with those who drive it, with Flink. */
package io.kappa.control.mistakes;
