package io.kappa.local.postgres;

import io.kappa.local.StackException;
import io.kappa.local.process.Daemon;
import io.kappa.local.process.DurableFile;
import io.kappa.local.process.Launch;
import io.kappa.local.process.ProcessId;
import io.kappa.local.process.ProcessTable;
import io.kappa.local.process.Tree;
import io.kappa.local.process.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** The PostgreSQL that serves the tables: its own process, durable, loopback only. */
public final class PostgresServer implements Daemon {

  private static final Duration ORPHANS_LEAVE = Duration.ofMillis(500);
  private static final Duration ORPHANS_DIE = Duration.ofSeconds(20);

  private final Path binaries;
  private final Path cluster;
  private final String host;
  private final int port;
  private final int buffersMb;
  private final Secrets secrets;

  /**
   * @param binaries directory in which PostgreSQL's programs are kept, shared by all stacks
   * @param data the stack's data directory; the cluster goes into {@code postgres/}
   * @param buffersMb shared buffers, in MiB
   */
  public PostgresServer(Path binaries, Path data, String host, int port, int buffersMb) {
    this.binaries = binaries;
    this.cluster = data.resolve("postgres");
    this.host = host;
    this.port = port;
    this.buffersMb = buffersMb;
    this.secrets = new Secrets(data.resolve("secrets"));
  }

  @Override
  public String name() {
    return "postgres";
  }

  @Override
  public OptionalInt port() {
    return OptionalInt.of(port);
  }

  private StoreSetup store() {
    return new StoreSetup("jdbc:postgresql://%s:%d/".formatted(host, port), secrets);
  }

  @Override
  public Path log(Path logs) {
    return logs.resolve(name() + ".out");
  }

  @Override
  public void prepare() {
    OrdinaryUser.check();
    if (Files.isDirectory(cluster)) {
      clearWhatIsProvablyDead();
    } else {
      StoreSetup.ROLES.forEach(secrets::ensure);
      initialise();
    }
    DurableFile.write(cluster.resolve("kappa.conf"), settings());
  }

  @Override
  public Launch launch() {
    return OrdinaryUser.launch(
        List.of(program("postgres"), "-D", cluster.toString()), cluster.getParent());
  }

  @Override
  public List<String> marks() {
    return List.of("-D", cluster.toString());
  }

  @Override
  public boolean answers() {
    try (Connection connection = store().connectAsSuperuser("postgres")) {
      return connection.isValid(5);
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public void settle() {
    store().ensure();
  }

  /** Fast shutdown: SIGTERM would wait until all clients have gone by themselves. */
  @Override
  public String stopSignal() {
    return "INT";
  }

  private void initialise() {
    Path fresh = cluster.resolveSibling("postgres.new");
    Tree.delete(fresh);
    List<String> initdb =
        List.of(
            program("initdb"),
            "-D",
            fresh.toString(),
            "-U",
            StoreSetup.SUPERUSER,
            "--pwfile=" + secrets.file(StoreSetup.SUPERUSER),
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--no-instructions");
    Path log = cluster.resolveSibling("logs").resolve("initdb.out");
    OrdinaryUser.launch(initdb, cluster.getParent()).runToEnd(log);
    try {
      Files.writeString(
          fresh.resolve("postgresql.conf"),
          "\n# What the stack sets; ALTER SYSTEM wins over it.\ninclude_if_exists = 'kappa.conf'\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.APPEND);
      Files.move(fresh, cluster, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new StackException(
          "The store can't be created in %s (%s)".formatted(cluster, e.getMessage()),
          "make room there, and make it writable",
          e);
    }
  }

  private String settings() {
    return """
        listen_addresses = '%s'
        port = %d
        unix_socket_directories = ''
        max_connections = 200
        shared_buffers = '%dMB'
        max_wal_size = '2GB'
        password_encryption = 'scram-sha-256'
        timezone = 'UTC'
        log_timezone = 'UTC'
        log_line_prefix = '%%m [%%p] %%u@%%d '
        log_checkpoints = off
        jit = off
        """
        .formatted(host, port, buffersMb);
  }

  /**
   * After {@code kill -9} of the server its backends may live on for a while, and hold the shared
   * memory that a new server must not touch. Those that don't leave by themselves are killed; only
   * processes whose working directory is this very cluster are.
   */
  private void clearWhatIsProvablyDead() {
    if (!Waiting.until(ORPHANS_LEAVE, () -> leftovers().isEmpty())) {
      leftovers().forEach(orphan -> orphan.signal("KILL"));
      if (!Waiting.until(ORPHANS_DIE, () -> leftovers().isEmpty())) {
        throw new StackException(
            "Processes %s of a killed PostgreSQL can't be ended".formatted(leftovers()),
            "end them, then give the command again");
      }
    }
    try {
      // Nobody works in this directory: the pid in the file is stale, whoever has that pid now.
      if (Files.isDirectory(Path.of("/proc/self"))) {
        Files.deleteIfExists(cluster.resolve("postmaster.pid"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<ProcessId> leftovers() {
    return ProcessTable.workingIn(cluster);
  }

  private String program(String name) {
    return PostgresBinaries.in(binaries).resolve("bin").resolve(name).toString();
  }
}
