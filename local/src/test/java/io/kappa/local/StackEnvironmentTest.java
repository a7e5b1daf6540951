package io.kappa.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StackEnvironmentTest {

  private static final StackConfig CONFIG = StackConfig.of(Path.of("/home/of/kappa"));

  @Test
  void anEmptyEnvironmentChangesNothing() {
    assertThat(CONFIG.withEnvironment(Map.of("KAPPA_DATA", " "))).isEqualTo(CONFIG);
  }

  @Test
  void eachVariableSetsItsOwnValue() {
    StackConfig config =
        CONFIG.withEnvironment(
            Map.ofEntries(
                Map.entry("KAPPA_DATA", "/data"),
                Map.entry("KAPPA_KAFKA_PORT", "1"),
                Map.entry("KAPPA_POSTGRES_PORT", "2"),
                Map.entry("KAPPA_FLINK_PORT", "3"),
                Map.entry("KAPPA_ZOOKEEPER_PORT", "4"),
                Map.entry("KAPPA_KAFKA_HEAP_MB", "501"),
                Map.entry("KAPPA_POSTGRES_BUFFERS_MB", "502"),
                Map.entry("KAPPA_JOBMANAGER_MB", "803"),
                Map.entry("KAPPA_TASKMANAGER_MB", "2004"),
                Map.entry("KAPPA_TASKMANAGERS", "5"),
                Map.entry("KAPPA_TASK_SLOTS", "6")));

    assertThat(config)
        .isEqualTo(
            CONFIG
                .withData(Path.of("/data"))
                .withPorts(new Ports(1, 2, 3, 4))
                .withSizes(new Sizes(501, 502, 803, 2004, 5, 6)));
  }

  @Test
  void aValueThatIsNotAllowedIsNamedWithWhatIs() {
    assertThatThrownBy(() -> CONFIG.withEnvironment(Map.of("KAPPA_KAFKA_PORT", "many")))
        .hasMessage(
            "KAPPA_KAFKA_PORT is 'many', which is no whole number:"
                + " set a number, or unset it to have 19092");
    assertThatThrownBy(() -> CONFIG.withEnvironment(Map.of("KAPPA_KAFKA_PORT", "65536")))
        .hasMessage("Port 65536 for kafka is out of range: set one of 0 (any) to 65535");
    assertThatThrownBy(() -> CONFIG.withEnvironment(Map.of("KAPPA_TASK_SLOTS", "0")))
        .hasMessage("Size 0 of task slots is too small: set at least 1");
  }

  @Test
  void anAddressOffLoopbackIsRefused() {
    assertThatThrownBy(
            () ->
                new StackConfig(
                    CONFIG.home(),
                    CONFIG.dist(),
                    CONFIG.data(),
                    "0.0.0.0",
                    Ports.DEFAULT,
                    Sizes.DEFAULT,
                    Map.of()))
        .hasMessage(
            "Address 0.0.0.0 isn't loopback, and the local stack is neither encrypted nor guarded:"
                + " use 127.0.0.1");
  }
}
