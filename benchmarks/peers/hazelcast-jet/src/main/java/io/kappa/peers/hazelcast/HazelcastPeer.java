package io.kappa.peers.hazelcast;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.Job;
import com.hazelcast.jet.config.JobConfig;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps the three tables up to date on an embedded Hazelcast, until it is told to stop. */
public final class HazelcastPeer {

  private static final long SNAPSHOT_MS = 5000;
  private static final String LOOPBACK = "127.0.0.1";

  /** Held, since a logger that nobody holds forgets its level. */
  private static final List<Logger> QUIET =
      List.of(
          Logger.getLogger(""),
          // It asks for access to the JDK's modules, which only its network code is faster by.
          Logger.getLogger("com.hazelcast.instance.impl.HazelcastInstanceFactory"),
          // It tells that nobody joins, which is what is wanted.
          Logger.getLogger("com.hazelcast.instance.impl.Node"));

  private HazelcastPeer() {}

  /** Runs until SIGTERM; ends with 1 if the job fails. */
  public static void main(String[] args) throws Exception {
    QUIET.get(0).setLevel(Level.WARNING);
    QUIET.get(1).setLevel(Level.SEVERE);
    QUIET.get(2).setLevel(Level.SEVERE);
    Options options = Options.of(args, System.getenv().getOrDefault("PEER_PASSWORD", ""));
    options.tables().create();
    HazelcastInstance hazelcast = Hazelcast.newHazelcastInstance(config(options));
    CountDownLatch stopping = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stopping.countDown();
                  QUIET.get(0).setLevel(Level.OFF);
                  hazelcast.getLifecycleService().terminate();
                }));
    Job job = hazelcast.getJet().newJob(ActivityPipeline.of(options), job(options));
    try {
      job.join();
    } catch (RuntimeException e) {
      if (stopping.getCount() > 0) {
        // Hazelcast's threads would keep the process.
        QUIET.get(0).log(Level.SEVERE, "the job failed", e);
        System.exit(1);
      }
    }
  }

  private static JobConfig job(Options options) {
    return new JobConfig()
        .setName("activity")
        .setProcessingGuarantee(options.guarantee())
        .setSnapshotIntervalMillis(SNAPSHOT_MS);
  }

  private static Config config(Options options) {
    Config config = new Config();
    config.setClusterName("kappa-peer-" + ProcessHandle.current().pid());
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.shutdownhook.enabled", "false");
    config.setProperty("hazelcast.socket.bind.any", "false");
    config.setProperty("hazelcast.health.monitoring.level", "OFF");
    config.getMetricsConfig().setEnabled(false);
    config.getJetConfig().setEnabled(true).setCooperativeThreadCount(options.parallelism());
    NetworkConfig network = config.getNetworkConfig();
    network.getInterfaces().setEnabled(true).addInterface(LOOPBACK);
    JoinConfig join = network.getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    return config;
  }
}
