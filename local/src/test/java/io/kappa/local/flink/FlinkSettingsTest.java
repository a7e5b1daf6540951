package io.kappa.local.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kappa.local.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlinkSettingsTest {

  private static final Path SHIPPED = Path.of(System.getProperty("kappa.home"), "flink-conf");

  @TempDir private Path directory;

  @Test
  void aLaterFileWinsAndNestedKeysAreTheSameAsDottedOnes() throws IOException {
    Files.writeString(directory.resolve("a.yaml"), "x.y: 1\nx.z: two words\n");
    Files.writeString(directory.resolve("b.yaml"), "x:\n  y: 'it''s 3'\n");

    FlinkSettings settings = FlinkSettings.read(directory, List.of("a.yaml", "b.yaml"));

    assertThat(settings.values()).isEqualTo(Map.of("x.y", "it's 3", "x.z", "two words"));
  }

  @Test
  void whatIsWrittenIsReadTheSame() throws IOException {
    FlinkSettings settings = new FlinkSettings(Map.of("a.b", "it's: #1", "c", "x y"));
    Files.writeString(directory.resolve("config.yaml"), settings.yaml());

    assertThat(FlinkSettings.read(directory, List.of("config.yaml"))).isEqualTo(settings);
  }

  @Test
  void aTaskManagersOptionsAreItsOwn() {
    FlinkSettings settings =
        new FlinkSettings(
            Map.of("env.java.opts.all", "-Da=1  -Db=2", "env.java.opts.taskmanager", "-Dc=3"));

    assertThat(settings.javaOptions()).containsExactly("-Da=1", "-Db=2");
    assertThat(settings.taskManagerOptions()).containsExactly("-Dc=3");
    assertThat(new FlinkSettings(Map.of()).taskManagerOptions()).isEmpty();
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> FlinkSettings.read(directory, List.of("none.yaml")))
        .isInstanceOf(StackException.class)
        .hasMessageContaining(directory.resolve("none.yaml").toString());
  }

  @Test
  void theReplayProfileSetsAllThatTheLiveOneSets() {
    assertThat(shipped("replay.yaml").keySet()).containsAll(shipped("live.yaml").keySet());
  }

  @Test
  void noShippedSettingCouldPutRowsAndFrontierApart() {
    assertThat(shipped("config.yaml", "live.yaml", "local.yaml"))
        .containsEntry("execution.checkpointing.unaligned.enabled", "false")
        .containsEntry("execution.checkpointing.mode", "EXACTLY_ONCE")
        .containsEntry("execution.checkpointing.max-concurrent-checkpoints", "1");
  }

  private static Map<String, String> shipped(String... files) {
    return FlinkSettings.read(SHIPPED, List.of(files)).values();
  }
}
