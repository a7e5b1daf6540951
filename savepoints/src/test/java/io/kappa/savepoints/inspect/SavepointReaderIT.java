package io.kappa.savepoints.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kappa.savepoints.content.StateContent;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.CommonTestUtils;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Savepoints that Flink really wrote, in each form that it has. */
class SavepointReaderIT {

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private static final int MAX_PARALLELISM = 12;
  private static final long KEYS = 50;
  private static final long NEVER_READ = 1L << 60;

  @TempDir private Path directory;

  static Stream<Arguments> forms() {
    return Stream.of("hashmap", "rocksdb")
        .flatMap(
            backend ->
                Stream.of(SavepointFormatType.values())
                    .map(format -> Arguments.of(backend, format)));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void saysWhatIsInIt(
      String backend, SavepointFormatType format, @InjectMiniCluster MiniCluster cluster)
      throws Exception {
    Path path = written(backend, format, cluster);

    Savepoint savepoint = new SavepointReader(getClass().getClassLoader()).read(path);

    assertThat(savepoint.checkpointId()).isPositive();
    assertThat(savepoint.bytes()).isPositive();
    SavedOperator operator =
        savepoint.operators().stream()
            .filter(each -> each.uid().equals(Optional.of("every-kind")))
            .findFirst()
            .orElseThrow();
    assertThat(operator.name()).contains("counts");
    assertThat(operator.parallelism()).isEqualTo(2);
    assertThat(operator.maxParallelism()).isEqualTo(MAX_PARALLELISM);
    assertThat(kinds(operator))
        .isEqualTo(
            Map.of(
                "value",
                    "VALUE by Long: io.kappa.savepoints.inspect.Counted {name: String, sum: Long}",
                "list", "LIST by Long: List<String>",
                "map", "MAP by Long: Map<Int, LongPrimitiveArray>",
                "reducing", "REDUCING by Long: Long",
                "aggregating", "AGGREGATING by Long: Long",
                "_timer_state/event_user-timers", "TIMERS by Long: ",
                "_timer_state/processing_user-timers", "TIMERS by Long: ",
                "split", "OPERATOR_LIST: String",
                "union", "OPERATOR_UNION: Long",
                "broadcast", "BROADCAST by String: Long"));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void saysWhatAStateHoldsForAKey(
      String backend, SavepointFormatType format, @InjectMiniCluster MiniCluster cluster)
      throws Exception {
    Path path = written(backend, format, cluster);

    List<String> found = StateContent.of(path, "every-kind", "value", "7");

    assertThat(found).hasSize(1);
    JsonNode content = new ObjectMapper().readTree(found.get(0));
    assertThat(content.path("key").asLong()).isEqualTo(7);
    assertThat(content.path("value").path("name").asText()).isEqualTo("last");
    assertThat(content.path("value").path("sum").asLong() % KEYS).isEqualTo(7);
    assertThat(StateContent.of(path, "every-kind", "value", "no such key")).isEmpty();
    JsonNode counted = new ObjectMapper().readTree(StateContent.keys(path, "every-kind", "value"));
    assertThat(counted.path("keys").asLong()).isBetween(8L, KEYS);
    assertThat(counted.path("entries").asLong()).isEqualTo(counted.path("keys").asLong());
    assertThatThrownBy(() -> StateContent.of(path, "every-kind", "split", "7"))
        .isInstanceOf(UnreadableSavepointException.class)
        .hasMessageContaining("every-kind has no state split that is kept by key; it has ");
  }

  private static Map<String, String> kinds(SavedOperator operator) {
    return operator.states().stream()
        .collect(
            Collectors.toMap(
                SavedState::name,
                state ->
                    "%s%s: %s"
                        .formatted(
                            state.kind(),
                            state.key().map(key -> " by " + key.type()).orElse(""),
                            state.value().map(SavedType::type).orElse(""))));
  }

  private Path written(String backend, SavepointFormatType format, MiniCluster cluster)
      throws Exception {
    Configuration settings = new Configuration();
    settings.setString("state.backend.type", backend);
    settings.setString("pipeline.generic-types", "false");
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(settings);
    env.setParallelism(2);
    env.setMaxParallelism(MAX_PARALLELISM);
    env.fromSource(
            new NumberSequenceSource(0, NEVER_READ),
            WatermarkStrategy.noWatermarks(),
            "numbers",
            Types.LONG)
        .setParallelism(1) // where one reader has ended and another hasn't, nothing is saved
        .uid("numbers")
        .keyBy(number -> number % KEYS)
        .process(new EveryKind())
        .returns(Types.LONG)
        .name("counts")
        .uid("every-kind")
        .sinkTo(new DiscardingSink<>())
        .uid("nowhere");
    JobClient client = env.executeAsync();
    CommonTestUtils.waitForAllTaskRunning(cluster, client.getJobID(), false);
    String path =
        client
            .stopWithSavepoint(false, directory.toUri().toString(), format)
            .get(60, TimeUnit.SECONDS);
    return Path.of(URI.create(path));
  }

  @Test
  void aDirectoryWithoutASavepointIsNamed() {
    assertThatThrownBy(() -> new SavepointReader(getClass().getClassLoader()).read(directory))
        .isInstanceOf(UnreadableSavepointException.class)
        .hasMessage("%s is no savepoint: it has no file _metadata".formatted(directory));
  }

  @Test
  void halfASavepointIsSaidToBeBroken() throws IOException {
    Path metadata = directory.resolve("_metadata");
    Files.write(metadata, new byte[] {1, 2, 3});

    assertThatThrownBy(() -> new SavepointReader(getClass().getClassLoader()).read(directory))
        .isInstanceOf(UnreadableSavepointException.class)
        .hasMessageStartingWith(metadata + " can't be read: ");
    assertThat(List.of(metadata)).allMatch(Files::exists);
  }
}
