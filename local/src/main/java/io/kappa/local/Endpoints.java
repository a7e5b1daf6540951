package io.kappa.local;

import java.net.URI;
import java.nio.file.Path;

/**
 * Where the parts of a running stack answer.
 *
 * @param kafkaBootstrap {@code host:port} of the broker
 * @param jdbcUrl the serving store's database, without user and password
 * @param flinkRest Flink's REST interface and web UI
 * @param zookeeper {@code host:port} of ZooKeeper
 * @param secrets directory with a file {@code <role>.password} for each role
 */
public record Endpoints(
    String kafkaBootstrap, String jdbcUrl, URI flinkRest, String zookeeper, Path secrets) {

  /** The role that owns the database, the catalogue and the versions' schemas. */
  public static final String OWNER = "kappa_owner";

  /** The role jobs write with. */
  public static final String JOB = "kappa_job";

  /** The role readers query with; its transactions are read-only. */
  public static final String READER = "kappa_reader";

  /** The file with a role's password. */
  public Path passwordFile(String role) {
    return secrets.resolve(role + ".password");
  }
}
