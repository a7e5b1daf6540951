package io.kappa.local.flink;

import io.kappa.local.process.Daemon;
import io.kappa.local.process.DurableFile;
import io.kappa.local.process.FreePort;
import io.kappa.local.process.JavaProcess;
import io.kappa.local.process.Launch;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * The ZooKeeper in which Flink keeps its leader and where its jobs and checkpoints are. It is the
 * one shaded into Flink, run by its own main class, which, unlike {@code FlinkZooKeeperQuorumPeer},
 * purges old snapshots.
 *
 * <p>It never removes an empty container. Where a JobManager has lost its session, its latch's
 * container is empty until it comes back, and Curator 5.4, which is shaded into Flink, waits for
 * ever if it doesn't find it then (CURATOR-724): a computer that slept for a minute would have no
 * leader any more.
 */
public final class ZooKeeper implements Daemon {

  private static final int HEAP_MB = 96;
  private static final int ANSWER_MILLIS = 1500;

  private final Path lib;
  private final Path data;
  private final Path home;
  private final String host;
  private final int port;

  /**
   * @param lib Flink's jars
   * @param data the stack's data directory; ZooKeeper's goes into {@code zookeeper/}
   */
  public ZooKeeper(Path lib, Path data, String host, int port) {
    this.lib = lib;
    this.data = data;
    this.home = data.resolve("zookeeper");
    this.host = host;
    this.port = port;
  }

  @Override
  public String name() {
    return "zookeeper";
  }

  @Override
  public OptionalInt port() {
    return OptionalInt.of(port);
  }

  @Override
  public void prepare() {
    DurableFile.write(
        configuration(),
        """
        dataDir=%s
        clientPortAddress=%s
        clientPort=%d
        tickTime=1000
        maxClientCnxns=0
        admin.enableServer=false
        4lw.commands.whitelist=ruok
        autopurge.snapRetainCount=3
        autopurge.purgeInterval=1
        """
            .formatted(home.resolve("data"), host, port));
  }

  @Override
  public Launch launch() {
    return new JavaProcess(
            lib,
            "org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.server.quorum.QuorumPeerMain",
            List.of(configuration().toString()))
        .marked(data, name())
        .heap(HEAP_MB)
        .option("-XX:+UseSerialGC")
        .option("-XX:+ExitOnOutOfMemoryError")
        .option("-Dzookeeper.preAllocSize=4096")
        .option("-Dznode.container.checkIntervalMs=" + Integer.MAX_VALUE)
        .log4j(data, name(), "/io/kappa/local/log4j2-process.properties")
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
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), ANSWER_MILLIS);
      socket.setSoTimeout(ANSWER_MILLIS);
      socket.getOutputStream().write("ruok".getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes(4);
      return new String(answer, StandardCharsets.US_ASCII).equals("imok");
    } catch (IOException e) {
      return false;
    }
  }

  /** Every write is in its log on disk before it is acknowledged: nothing to wait for. */
  @Override
  public Duration stopLimit() {
    return Duration.ofSeconds(5);
  }

  private Path configuration() {
    return home.resolve("zoo.cfg");
  }
}
