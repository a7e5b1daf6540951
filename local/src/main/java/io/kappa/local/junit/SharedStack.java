package io.kappa.local.junit;

import io.kappa.local.Part;
import io.kappa.local.Ports;
import io.kappa.local.Stack;
import io.kappa.local.StackConfig;
import io.kappa.local.process.DurableFile;
import io.kappa.local.process.ProcessId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one stack of a test JVM, in a temporary directory. Ends with the tests or with the JVM. */
final class SharedStack implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SharedStack.class);
  private static final String PREFIX = "kappa-test-";

  private final Stack stack;
  private final Thread hook;
  private final AtomicInteger names = new AtomicInteger();

  SharedStack() {
    Path temp = Path.of(System.getProperty("java.io.tmpdir"));
    stale(temp).forEach(SharedStack::destroyStale);
    this.stack = Stack.of(config(create(temp)));
    this.hook = new Thread(stack::destroy, "stack-end");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  Stack stack() {
    return stack;
  }

  void up(Set<Part> parts) {
    stack.up(parts, line -> LOG.info("stack: {}", line));
  }

  /** A name no other caller has, made of small letters, digits and the separator. */
  String fresh(String prefix, char separator) {
    return prefix + separator + names.incrementAndGet();
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(hook);
    stack.destroy();
  }

  private static StackConfig config(Path data) {
    Path home = Path.of(System.getProperty("kappa.home", "."));
    StackConfig config = StackConfig.of(home).withData(data).withPorts(Ports.FREE);
    String dist = System.getProperty("kappa.dist");
    return dist == null ? config : config.withDist(Path.of(dist));
  }

  private static Path create(Path temp) {
    try {
      Path data = Files.createTempDirectory(temp, PREFIX);
      ProcessId self = ProcessId.of(ProcessHandle.current().pid()).orElseThrow();
      DurableFile.write(owner(data), self.text());
      return data;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stacks of test JVMs that were killed before they could end them. */
  private static List<Path> stale(Path temp) {
    try (Stream<Path> entries = Files.list(temp)) {
      return entries
          .filter(entry -> entry.getFileName().toString().startsWith(PREFIX))
          .filter(entry -> Files.exists(owner(entry)))
          .filter(entry -> !ownerAlive(entry))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean ownerAlive(Path data) {
    try {
      return ProcessId.parse(Files.readString(owner(data))).filter(ProcessId::isAlive).isPresent();
    } catch (IOException e) {
      return true;
    }
  }

  private static void destroyStale(Path data) {
    LOG.info("ending what a killed test left in {}", data);
    Stack.of(config(data)).destroy();
  }

  private static Path owner(Path data) {
    return data.resolve("owner.pid");
  }
}
