package io.kappa.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kappa.local.process.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackStateTest {

  private static final StackConfig CONFIG = StackConfig.of(Path.of("/home/of/kappa"));
  private static final StackState BEFORE = new StackState("127.0.0.1", new Ports(1, 2, 3, 4), 1);

  @Test
  void aFirstStartTakesTheDefaults() {
    assertThat(StackState.resolve(CONFIG, Optional.empty()))
        .isEqualTo(new StackState("127.0.0.1", Ports.DEFAULT, 1));
  }

  @Test
  void portsOnceUsedAreKeptWhenNobodyAsksForOthers() {
    assertThat(StackState.resolve(CONFIG, Optional.of(BEFORE))).isEqualTo(BEFORE);
    assertThat(StackState.resolve(CONFIG.withPorts(Ports.FREE), Optional.of(BEFORE)))
        .isEqualTo(BEFORE);
  }

  @Test
  void aPortThatIsAskedForWins() {
    assertThat(StackState.resolve(CONFIG.withPorts(new Ports(0, 20, 0, 0)), Optional.of(BEFORE)))
        .isEqualTo(new StackState("127.0.0.1", new Ports(1, 20, 3, 4), 1));
  }

  /** Nothing listens on it while the other parts are still being started. */
  @Test
  void aPortThatIsKeptIsNobodyElses() {
    List<StackState> keptOnEven =
        IntStream.iterate(20_000, port -> port < 32_000, port -> port + 8)
            .mapToObj(port -> new Ports(port, port + 2, port + 4, port + 6))
            .map(ports -> new StackState("127.0.0.1", ports, 1))
            .toList();

    keptOnEven.forEach(kept -> StackState.resolve(CONFIG, Optional.of(kept)));

    assertThat(IntStream.range(0, 100).map(i -> FreePort.pick("127.0.0.1")))
        .allMatch(port -> port % 2 == 1);
  }

  @Test
  void aTaskManagerThatIsNoLongerWantedIsStillKnown() {
    StackConfig two = CONFIG.withSizes(new Sizes(400, 256, 800, 2560, 2, 8));

    StackState state = StackState.resolve(two, Optional.of(BEFORE));

    assertThat(state.taskManagers()).isEqualTo(2);
    assertThat(StackState.resolve(CONFIG, Optional.of(state)).taskManagers()).isEqualTo(2);
  }

  @Test
  void itIsReadAsItWasWritten(@TempDir Path data) {
    assertThat(StackState.read(data)).isEmpty();

    BEFORE.write(data);

    assertThat(StackState.read(data)).contains(BEFORE);
    assertThat(BEFORE.endpoints(data))
        .isEqualTo(
            new Endpoints(
                "127.0.0.1:1",
                "jdbc:postgresql://127.0.0.1:2/kappa",
                URI.create("http://127.0.0.1:3"),
                "127.0.0.1:4",
                data.resolve("secrets")));
  }

  @Test
  void aBrokenFileIsNamedWithWhatToDo(@TempDir Path data) throws IOException {
    Files.writeString(data.resolve("stack.json"), "{");

    assertThatThrownBy(() -> StackState.read(data))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("stack.json can't be read")
        .hasMessageEndingWith("mend it, or delete it to have default ports again");
  }
}
