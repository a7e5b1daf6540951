package io.kappa.control.chaos;

import io.kappa.local.junit.LocalStack;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random lifecycle commands with random {@code kill -9} among them: no promise is broken, whatever
 * the order, and everything comes to rest. {@code make chaos} gives more commands. It wants a stack
 * of its own: the job is started on it by the command itself.
 */
class LifecycleChaosIT {

  @RegisterExtension static final LocalStack STACK = LocalStack.withFlink();

  private static final int COMMANDS = 12;

  @TempDir private Path output;

  @Test
  void noOrderOfCommandsAndKillsBreaksAPromise() throws Exception {
    long seed = Long.getLong("kappa.seed", System.nanoTime());
    int commands = Integer.getInteger("kappa.commands", COMMANDS);
    System.out.printf(
        "%d commands, seed %d (-Dkappa.seed=%d -Dkappa.commands=%d)%n",
        commands, seed, seed, commands);
    try (Chaos chaos = new Chaos(STACK.stack(), output, seed)) {
      chaos.run(commands);
      chaos.rest();
    }
  }
}
