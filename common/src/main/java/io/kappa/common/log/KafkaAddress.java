package io.kappa.common.log;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where the log is, and the client settings that an operator may add.
 *
 * @param servers {@code host:port}, several with commas
 * @param settings Kafka client settings from {@link #ALLOWED}
 */
public record KafkaAddress(String servers, Map<String, String> settings) implements Serializable {

  /** The client settings that may be given; all others belong to the job. */
  public static final Set<String> ALLOWED =
      Set.of(
          "client.rack",
          "fetch.max.bytes",
          "fetch.max.wait.ms",
          "fetch.min.bytes",
          "max.partition.fetch.bytes",
          "max.poll.records",
          "receive.buffer.bytes",
          "request.timeout.ms",
          "sasl.jaas.config",
          "sasl.mechanism",
          "security.protocol",
          "ssl.keystore.location",
          "ssl.keystore.password",
          "ssl.keystore.type",
          "ssl.truststore.location",
          "ssl.truststore.password",
          "ssl.truststore.type");

  /**
   * @throws IllegalArgumentException if a setting isn't on the allow-list
   */
  public KafkaAddress {
    TreeSet<String> unknown = new TreeSet<>(settings.keySet());
    unknown.removeAll(ALLOWED);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "Kafka settings %s aren't allowed; allowed are %s"
              .formatted(unknown, new TreeSet<>(ALLOWED)));
    }
    settings = Collections.unmodifiableMap(new TreeMap<>(settings));
  }

  /** A broker with no further settings. */
  public static KafkaAddress of(String servers) {
    return new KafkaAddress(servers, Map.of());
  }

  /** What a Kafka client is made with. */
  Properties properties() {
    Properties properties = new Properties();
    properties.putAll(settings);
    properties.setProperty("bootstrap.servers", servers);
    return properties;
  }

  /** The servers alone: settings may hold secrets. */
  @Override
  public String toString() {
    return servers;
  }
}
