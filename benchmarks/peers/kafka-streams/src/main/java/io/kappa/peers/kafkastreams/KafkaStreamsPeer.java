package io.kappa.peers.kafkastreams;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/** Keeps the three tables up to date until it is told to stop. */
public final class KafkaStreamsPeer {

  private static final Duration LONGEST_STOP = Duration.ofSeconds(30);

  private KafkaStreamsPeer() {}

  /** Runs until SIGTERM; ends with status 1 if it can't go on. */
  public static void main(String[] arguments)
      throws IOException, SQLException, InterruptedException {
    Options options = Options.of(arguments, System.getenv("PEER_PASSWORD"));
    Files.createDirectories(options.directory());
    // Before the first logger: its configuration asks for it.
    System.setProperty("peer.log", options.directory().resolve("peer.log").toString());
    Schema.make(options);
    if (!run(options)) {
      System.exit(1);
    }
  }

  private static boolean run(Options options) throws InterruptedException {
    CountDownLatch stopped = new CountDownLatch(1);
    try (KafkaStreams streams =
        new KafkaStreams(PeerTopology.of(options), Settings.of(options).properties())) {
      streams.setUncaughtExceptionHandler(problem -> StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
      streams.setStateListener(
          (now, before) -> {
            if (now == KafkaStreams.State.ERROR || now == KafkaStreams.State.NOT_RUNNING) {
              stopped.countDown();
            }
          });
      Runtime.getRuntime().addShutdownHook(new Thread(() -> streams.close(LONGEST_STOP)));
      streams.start();
      stopped.await();
      return streams.state() == KafkaStreams.State.NOT_RUNNING;
    }
  }
}
