/** The PostgreSQL that serves the tables: its programs, its cluster, its roles, their secrets. */
package io.kappa.local.postgres;
