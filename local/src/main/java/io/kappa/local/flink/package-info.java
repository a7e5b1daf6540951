/** Flink on one machine: ZooKeeper, JobManager, TaskManager, and its command line front end. */
package io.kappa.local.flink;
