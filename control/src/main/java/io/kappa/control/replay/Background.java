package io.kappa.control.replay;

import io.kappa.control.Refusal;
import io.kappa.control.catalogue.Entry;
import io.kappa.control.flink.FlinkJob;
import io.kappa.control.version.Pacing;
import io.kappa.control.version.Phase;
import io.kappa.control.version.VersionName;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drives whatever version has something left to do, one thread a version, until it's closed. */
public final class Background implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Background.class);
  private static final long BETWEEN_ROUNDS_MS = 1_000;

  private final Tools tools;
  private final Pacing pacing;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<VersionName> driven = ConcurrentHashMap.newKeySet();
  private final BooleanSupplier isOver;
  private volatile boolean closed;

  /**
   * @param isOver whether there is nothing left that could ever be driven
   */
  public Background(Tools tools, Pacing pacing, BooleanSupplier isOver) {
    this.tools = tools;
    this.pacing = pacing;
    this.isOver = isOver;
  }

  /** Works until it's closed or all is over; whatever is away is waited for. */
  public void run() throws InterruptedException {
    while (!closed && !isOver.getAsBoolean()) {
      try {
        Set<String> running = running();
        tools.versions().snapshot().entries().stream()
            .filter(entry -> hasALifeLeft(entry, running))
            .map(entry -> entry.version().name())
            .filter(driven::add)
            .forEach(this::begin);
      } catch (Refusal away) {
        LOG.warn("{}", away.getMessage());
      }
      TimeUnit.MILLISECONDS.sleep(BETWEEN_ROUNDS_MS);
    }
  }

  /** A run that began when its version was over already still has to be ended. */
  private static boolean hasALifeLeft(Entry entry, Set<String> running) {
    Phase phase = entry.version().phase();
    return entry.course().dropped()
        ? running.contains(entry.version().name().runName())
        : (phase != Phase.LIVE && phase != Phase.STANDBY) || entry.isBeingUpgraded();
  }

  private Set<String> running() {
    try {
      return tools.flink().jobs().stream()
          .filter(job -> job.state().isActive())
          .map(FlinkJob::name)
          .collect(Collectors.toSet());
    } catch (Refusal away) {
      return Set.of();
    }
  }

  private void begin(VersionName name) {
    try {
      threads.execute(() -> drive(name));
    } catch (RejectedExecutionException e) {
      // Closed in the middle of a round: whoever drives next goes on.
      driven.remove(name);
      LOG.debug("{} isn't driven any more", name, e);
    }
  }

  private void drive(VersionName name) {
    try {
      new Driver(tools, pacing, line -> LOG.info("{}", line))
          .drive(name, new Unattended(() -> closed));
    } catch (RuntimeException e) {
      LOG.error("Driving {} failed; it is tried again", name, e);
    } finally {
      driven.remove(name);
    }
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    threads.shutdownNow();
    threads.awaitTermination(10, TimeUnit.SECONDS);
  }
}
