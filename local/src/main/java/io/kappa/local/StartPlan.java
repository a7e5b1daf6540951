package io.kappa.local;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Starts processes side by side, each as soon as what it can't do without answers. */
final class StartPlan {

  private static final Map<Part, Part> NEEDS =
      Map.of(Part.JOBMANAGER, Part.ZOOKEEPER, Part.TASKMANAGER, Part.ZOOKEEPER);

  private StartPlan() {}

  /**
   * Starts the processes.
   *
   * @throws StackException of the first that failed, when all others are through
   */
  static void run(List<Supervised> processes, Consumer<String> progress) {
    ExecutorService threads = Executors.newCachedThreadPool(StartPlan::thread);
    try {
      Map<Part, CompletableFuture<Void>> started = new EnumMap<>(Part.class);
      for (Supervised process : processes) {
        CompletableFuture<Void> before =
            started.getOrDefault(
                NEEDS.getOrDefault(process.part(), process.part()),
                CompletableFuture.completedFuture(null));
        CompletableFuture<Void> start =
            before.thenRunAsync(() -> process.supervisor().start(progress), threads);
        started.merge(process.part(), start, CompletableFuture::allOf);
      }
      CompletableFuture.allOf(started.values().toArray(CompletableFuture[]::new)).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StackException known) {
        throw known;
      }
      throw e;
    } finally {
      threads.shutdown();
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "stack-start");
    thread.setDaemon(true);
    return thread;
  }
}
