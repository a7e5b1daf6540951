package io.kappa.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kappa.local.PartStatus.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How parts start and end, shown on the one that starts quickest. */
class StackStartIT {

  private static final Set<Part> ZOOKEEPER = EnumSet.of(Part.ZOOKEEPER);

  private Stack stack;

  @BeforeEach
  void makeStack(@TempDir Path temp) {
    stack = Stack.of(TestStacks.in(temp.resolve("data")));
  }

  @AfterEach
  void endStack() {
    stack.destroy();
  }

  @Test
  void aTakenPortIsNamedWithWhatToDo() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = other.getLocalPort();
      Stack unlucky = Stack.of(stack.config().withPorts(new Ports(0, 0, 0, port)));

      assertThatThrownBy(() -> unlucky.up(ZOOKEEPER, line -> {}))
          .isInstanceOf(StackException.class)
          .hasMessage(
              "Port %d for zookeeper is taken by another process: stop that process, or set another port with KAPPA_ZOOKEEPER_PORT (0 takes a free one)"
                  .formatted(port));
    }
  }

  @Test
  void twoCommandsAtOnceStartEachPartOnce() throws Exception {
    Stack second = Stack.of(stack.config());

    List<String> said = new CopyOnWriteArrayList<>();
    CompletableFuture<Endpoints> one =
        CompletableFuture.supplyAsync(() -> stack.up(ZOOKEEPER, said::add));
    CompletableFuture<Endpoints> two =
        CompletableFuture.supplyAsync(() -> second.up(ZOOKEEPER, said::add));

    assertThat(one.get(60, TimeUnit.SECONDS)).isEqualTo(two.get(60, TimeUnit.SECONDS));
    assertThat(said).containsOnlyOnce("starting zookeeper", "zookeeper runs already");
  }

  @Test
  void aProcessWhosePidWasNeverWrittenDownIsFound() throws IOException {
    up(stack);
    OptionalLong pid = zookeeper().pid();
    Files.delete(pidFile());

    up(stack);

    assertThat(zookeeper().pid()).isEqualTo(pid);
  }

  @Test
  void aProcessThatGotTheSamePidLaterIsNotOurs() throws Exception {
    up(stack);
    stack.kill9(Part.ZOOKEEPER);
    Process stranger = new ProcessBuilder("sleep", "600").start();
    try {
      String birth = Files.readString(pidFile()).split(" ", -1)[1];
      Files.writeString(pidFile(), stranger.pid() + " " + birth);

      assertThat(zookeeper().state()).isEqualTo(State.DEAD);
      stack.down(line -> {});

      assertThat(zookeeper().state()).isEqualTo(State.STOPPED);
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void dataOfARunningStackIsNotDeleted() {
    up(stack);

    assertThatThrownBy(stack::fresh)
        .hasMessage(
            "zookeeper still runs, its data can't be deleted:"
                + " stop the stack first with './kappa down'");
  }

  @Test
  void aProcessIsOutOfReachOfTheTerminalThatStartedIt() throws IOException {
    up(stack);
    long pid = zookeeper().pid().orElseThrow();

    String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    String session = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[3];

    assertThat(session).isEqualTo(Long.toString(pid));
  }

  @Test
  void aPartThatEndsWhileItStartsIsNamedWithItsLastWords() throws IOException {
    Files.createDirectories(stack.config().data().resolve("zookeeper"));
    Files.writeString(stack.config().data().resolve("zookeeper/data"), "no directory");

    assertThatThrownBy(() -> up(stack))
        .hasMessageStartingWith("zookeeper ended while it started (")
        .hasMessageEndingWith(": read %s/logs/zookeeper.log".formatted(stack.config().data()));
  }

  @Test
  void freshLeavesNothingBehind() throws IOException {
    up(stack);
    stack.down(line -> {});

    stack.fresh();

    try (Stream<Path> left = Files.list(stack.config().data())) {
      assertThat(left.map(path -> path.getFileName().toString())).containsExactly("stack.lock");
    }
    assertThat(stack.endpoints()).isEmpty();
    assertThat(stack.status()).isEmpty();
  }

  @Test
  void aPartThatRunsIsNotMovedToAnotherPort() {
    up(stack);
    int port = zookeeper().port().orElseThrow();
    Stack moved = Stack.of(stack.config().withPorts(new Ports(0, 0, 0, port + 1)));

    assertThatThrownBy(() -> up(moved))
        .hasMessage(
            "zookeeper runs on port %d and can't move while it does: stop the stack with './kappa down' before you change its ports"
                .formatted(port));
  }

  @Test
  void aMissingDistributionIsNamed(@TempDir Path empty) {
    Stack unbuilt = Stack.of(stack.config().withDist(empty));

    assertThatThrownBy(() -> up(unbuilt))
        .hasMessage(
            "The distribution isn't there: no directory %s/lib/flink: build it with 'make build' or 'mvn package -DskipTests'"
                .formatted(empty));
  }

  private Endpoints up(Stack which) {
    return which.up(ZOOKEEPER, line -> {});
  }

  private PartStatus zookeeper() {
    return stack.status().get(0);
  }

  private Path pidFile() {
    return stack.config().data().resolve("run/zookeeper.pid");
  }
}
