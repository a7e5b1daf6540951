package io.kappa.local;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a stack is made of and where it lives.
 *
 * @param home the checkout or installation; {@code flink-conf/} is there
 * @param dist the distribution with {@code lib/kafka} and {@code lib/flink}
 * @param data where everything is kept that must survive: log, store, checkpoints, secrets
 * @param host the address all parts bind to
 * @param ports the ports
 * @param sizes the sizes
 * @param flink settings for Flink that win over the files of {@code flink-conf/}
 */
public record StackConfig(
    Path home,
    Path dist,
    Path data,
    String host,
    Ports ports,
    Sizes sizes,
    Map<String, String> flink) {

  /** Makes paths absolute and the settings immutable. */
  public StackConfig {
    home = home.toAbsolutePath().normalize();
    dist = dist.toAbsolutePath().normalize();
    data = data.toAbsolutePath().normalize();
    flink = Map.copyOf(flink);
    if (!host.equals("localhost") && !host.matches("127(\\.\\d{1,3}){3}")) {
      throw new StackException(
          "Address %s isn't loopback, and the local stack is neither encrypted nor guarded"
              .formatted(host),
          "use 127.0.0.1");
    }
  }

  /** The stack of a checkout: built into {@code target/kappa}, data in {@code .kappa}. */
  public static StackConfig of(Path home) {
    return new StackConfig(
        home,
        home.resolve("target/kappa"),
        home.resolve(".kappa"),
        "127.0.0.1",
        Ports.DEFAULT,
        Sizes.DEFAULT,
        Map.of());
  }

  /**
   * The same with what the environment says: {@code KAPPA_DATA}, {@code KAPPA_KAFKA_PORT} and the
   * like; see {@link StackEnvironment} for all names.
   *
   * @throws StackException if a value isn't allowed
   */
  public StackConfig withEnvironment(Map<String, String> environment) {
    return new StackEnvironment(environment).over(this);
  }

  /** The same with another distribution directory. */
  public StackConfig withDist(Path other) {
    return new StackConfig(home, other, data, host, ports, sizes, flink);
  }

  /** The same with another data directory. */
  public StackConfig withData(Path other) {
    return new StackConfig(home, dist, other, host, ports, sizes, flink);
  }

  /** The same with other ports. */
  public StackConfig withPorts(Ports other) {
    return new StackConfig(home, dist, data, host, other, sizes, flink);
  }

  /** The same with other sizes. */
  public StackConfig withSizes(Sizes other) {
    return new StackConfig(home, dist, data, host, ports, other, flink);
  }

  /** The same with other settings for Flink. */
  public StackConfig withFlink(Map<String, String> other) {
    return new StackConfig(home, dist, data, host, ports, sizes, other);
  }
}
