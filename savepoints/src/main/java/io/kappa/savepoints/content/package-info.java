/** What a state of a savepoint holds, read with Flink's State Processor API. */
package io.kappa.savepoints.content;
