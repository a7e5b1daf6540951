package io.kappa.control.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.kappa.control.jar.SavepointTool;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kappa savepoint inspect}. */
@Command(
    name = "inspect",
    description = "Say what is in a savepoint or checkpoint, without a cluster.",
    footer = {
      "",
      "Of each operator: uid, parallelism, size; of each of its states: kind, types, serializers.",
      "Only what describes state is read, so the size doesn't matter. With --operator and --state all",
      "of that state is read: its keys are counted, or what it holds for a --key printed as JSON.",
      "",
      "Examples:",
      "  ./kappa savepoint inspect .kappa/flink/savepoints/activity-metrics-v1/leg-1/savepoint-0123 --json",
      "  ./kappa savepoint inspect PATH --operator item-metrics --state totals",
      "  ./kappa savepoint inspect PATH --operator item-metrics --state totals --key 22423"
    })
final class SavepointInspectCommand implements Runnable {

  private static final double KIB = 1024;

  @Parameters(
      paramLabel = "PATH",
      description = "The directory of the savepoint; it has a file _metadata.")
  private Path path;

  @Option(
      names = "--jar",
      paramLabel = "FILE",
      description = "The jar of the job that wrote it (default: the one that make build makes).")
  private Optional<Path> jar = Optional.empty();

  @Option(names = "--json", description = "Print all of it as JSON.")
  private boolean json;

  /** Of which key of which state to say what is in it. */
  static final class Wanted {

    @Option(
        names = "--operator",
        required = true,
        paramLabel = "UID",
        description = "The operator of a state to look into.")
    private String operator;

    @Option(
        names = "--state",
        required = true,
        paramLabel = "NAME",
        description = "The state to look into: a value, list or map by key.")
    private String state;

    @Option(
        names = "--key",
        paramLabel = "TEXT",
        description = "The key whose content to print, as text; without it, keys are counted.")
    private Optional<String> key = Optional.empty();
  }

  @ArgGroup(exclusive = false)
  private Wanted wanted;

  private final Installation installation;
  private final Terminal terminal;

  SavepointInspectCommand(Installation installation, Terminal terminal) {
    this.installation = installation;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    SavepointTool tool = installation.savepointTool();
    Path directory = path.toAbsolutePath().normalize();
    if (wanted != null) {
      terminal.say(
          JsonText.of(
              tool.content(
                  directory, installation.jar(jar), wanted.operator, wanted.state, wanted.key)));
      return;
    }
    JsonNode savepoint = tool.inspect(directory, installation.jar(jar));
    if (json) {
      terminal.say(JsonText.of(savepoint));
      return;
    }
    terminal.say(
        "checkpoint %,d: %s of state in %d operators"
            .formatted(
                savepoint.path("checkpoint").asLong(),
                size(savepoint),
                savepoint.path("operators").size()));
    savepoint
        .path("offsets")
        .properties()
        .forEach(topic -> terminal.say("next of %s: %s".formatted(topic.getKey(), offsets(topic))));
    savepoint.path("operators").forEach(this::say);
    terminal.out().flush();
  }

  private static String offsets(Map.Entry<String, JsonNode> topic) {
    return topic.getValue().properties().stream()
        .map(partition -> "%s at %,d".formatted(partition.getKey(), partition.getValue().asLong()))
        .collect(Collectors.joining(", "));
  }

  private void say(JsonNode operator) {
    terminal.say("");
    terminal.say(
        "%s  parallelism %d of %d, %s%s"
            .formatted(
                operator.path("uid").asText(operator.path("id").asText()),
                operator.path("parallelism").asInt(),
                operator.path("maxParallelism").asInt(),
                size(operator),
                operator.has("name") ? "  (" + operator.path("name").asText() + ")" : ""));
    if (operator.path("states").isEmpty()) {
      return;
    }
    TextTable table =
        new TextTable(
            List.of("  state", "kind", "by", "type", "serializer"),
            List.of(false, false, false, false, false));
    for (JsonNode state : operator.path("states")) {
      table.row(
          List.of(
              "  " + state.path("name").asText(),
              state.path("kind").asText(),
              by(state),
              state.path("value").path("type").asText(),
              serializer(state.path("value"))));
    }
    table.print(terminal.out());
  }

  private static String by(JsonNode state) {
    String key = state.path("key").path("type").asText();
    return state.has("namespace")
        ? key + ", " + state.path("namespace").path("type").asText()
        : key;
  }

  private static String serializer(JsonNode type) {
    return type.isMissingNode()
        ? ""
        : "%s %d".formatted(type.path("serializer").asText(), type.path("version").asInt());
  }

  private static String size(JsonNode node) {
    return "%,.1f KiB".formatted(node.path("bytes").asLong() / KIB);
  }
}
