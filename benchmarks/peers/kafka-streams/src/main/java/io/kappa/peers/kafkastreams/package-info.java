/** The tables of activity-metrics, kept by Kafka Streams. */
package io.kappa.peers.kafkastreams;
