package io.kappa.local.kafka;

import io.kappa.local.StackException;
import io.kappa.local.process.Daemon;
import io.kappa.local.process.DurableFile;
import io.kappa.local.process.FreePort;
import io.kappa.local.process.JavaProcess;
import io.kappa.local.process.Launch;
import io.kappa.local.process.Tree;
import io.kappa.local.process.Waiting;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/** The broker that keeps the log: one KRaft node, its own process, loopback only. */
public final class KafkaBroker implements Daemon {

  /** The largest record batch the broker takes, in bytes: a 16 MiB record and its frame. */
  public static final int MAX_MESSAGE_BYTES = 20 * 1024 * 1024;

  private final Path lib;
  private final Path data;
  private final Path home;
  private final String host;
  private final int port;
  private final int heapMb;

  /**
   * @param lib the broker's jars
   * @param data the stack's data directory; the log goes into {@code kafka/}
   * @param heapMb the broker's heap, in MiB
   */
  public KafkaBroker(Path lib, Path data, String host, int port, int heapMb) {
    this.lib = lib;
    this.data = data;
    this.home = data.resolve("kafka");
    this.host = host;
    this.port = port;
    this.heapMb = heapMb;
  }

  @Override
  public String name() {
    return "kafka";
  }

  @Override
  public OptionalInt port() {
    return OptionalInt.of(port);
  }

  @Override
  public void prepare() {
    Path log = home.resolve("log");
    // The controller talks to nobody but the broker in the same process: any port will do.
    int controller = FreePort.pick(host);
    if (!Files.isDirectory(log)) {
      Path fresh = home.resolve("log.new");
      Tree.delete(fresh);
      format(fresh, controller);
      try {
        Files.move(fresh, log, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        throw new StackException(
            "The log can't be created in %s (%s)".formatted(log, e.getMessage()),
            "make room there, and make it writable",
            e);
      }
    }
    DurableFile.write(properties(), settings(log, controller));
  }

  @Override
  public Launch launch() {
    return java("kafka.Kafka", List.of(properties().toString()))
        .heap(heapMb)
        .log4j(data, name(), "/io/kappa/local/log4j2-process.properties")
        .option("-XX:+ExitOnOutOfMemoryError")
        .launch(home);
  }

  @Override
  public List<String> marks() {
    return JavaProcess.marks(data, name());
  }

  @Override
  public boolean answers() {
    if (!FreePort.accepts(host, port)) {
      return false;
    }
    Map<String, Object> client =
        Map.of(
            "bootstrap.servers", host + ":" + port,
            "default.api.timeout.ms", 5000,
            "request.timeout.ms", 4000);
    try (Admin admin = Admin.create(client)) {
      return !admin.describeCluster().nodes().get(6, TimeUnit.SECONDS).isEmpty();
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      throw Waiting.interrupted(e);
    }
  }

  private Path properties() {
    return home.resolve("server.properties");
  }

  private void format(Path log, int controller) {
    Path file = home.resolve("format.properties");
    DurableFile.write(file, settings(log, controller));
    java("kafka.tools.StorageTool", List.of("format", "-t", clusterId(), "-c", file.toString()))
        .launch(home)
        .runToEnd(data.resolve("logs").resolve("kafka-format.out"));
  }

  private JavaProcess java(String main, List<String> arguments) {
    return new JavaProcess(lib, main, arguments).marked(data, name());
  }

  private String settings(Path log, int controller) {
    return """
        node.id=1
        process.roles=broker,controller
        controller.quorum.voters=1@%1$s:%3$d
        controller.listener.names=CONTROLLER
        listeners=BROKER://%1$s:%2$d,CONTROLLER://%1$s:%3$d
        advertised.listeners=BROKER://%1$s:%2$d
        listener.security.protocol.map=BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT
        inter.broker.listener.name=BROKER
        log.dirs=%4$s

        # The log is the truth: nothing is deleted unless a topic says so.
        log.retention.ms=-1
        log.retention.bytes=-1
        log.message.timestamp.type=LogAppendTime
        auto.create.topics.enable=false
        num.partitions=4
        message.max.bytes=%5$d
        replica.fetch.max.bytes=%5$d

        # One node: nobody to replicate to, nobody to hand leadership to, nobody to wait for.
        default.replication.factor=1
        offsets.topic.replication.factor=1
        offsets.topic.num.partitions=4
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        transaction.state.log.num.partitions=4
        share.coordinator.state.topic.replication.factor=1
        share.coordinator.state.topic.min.isr=1
        controlled.shutdown.enable=false
        group.initial.rebalance.delay.ms=0
        # A killed broker can register again only after its session: this is what a restart waits for.
        broker.session.timeout.ms=3000
        broker.heartbeat.interval.ms=500
        num.recovery.threads.per.data.dir=2
        """
        .formatted(host, port, controller, log, MAX_MESSAGE_BYTES);
  }

  private static String clusterId() {
    UUID id = UUID.randomUUID();
    byte[] bytes =
        ByteBuffer.allocate(16)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .array();
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    // A leading dash would be read as an option.
    return text.startsWith("-") ? clusterId() : text;
  }
}
