package io.kappa.control.jar;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kappa.control.Refusal;
import io.kappa.local.flink.FlinkProgram;
import io.kappa.local.process.Tree;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads savepoints with the engine's own code and the classes of the job that wrote them, and holds
 * them against the classes of another.
 */
public final class SavepointTool implements StateCheck {

  private static final Apart.Question INSPECTION =
      new Apart.Question("io.kappa.savepoints.inspect.Inspection", "of", List.of(String.class));

  /** So Java begins to say that a class or its main method isn't there. */
  private static final String NO_MAIN = "Error: ";

  private static final String CONTENT = "io.kappa.savepoints.content.StateContent";
  private static final String BLANK_RUN = "io.kappa.common.job.run.BlankRun";
  private static final Apart.Question COMPATIBILITY =
      new Apart.Question(
          "io.kappa.savepoints.compat.CompatibilityCheck",
          "of",
          List.of(Map.class, String.class, String.class));
  private static final Logger LOG = LoggerFactory.getLogger(SavepointTool.class);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Apart apart;
  private final Path tool;
  private final FlinkProgram programs;

  /**
   * @param engine the directory with the engine's jars
   * @param tool the jar that reads savepoints
   * @param programs runs jobs on nothing
   */
  public SavepointTool(Path engine, Path tool, FlinkProgram programs) {
    this.apart = new Apart(engine);
    this.tool = tool;
    this.programs = programs;
  }

  /**
   * What is in a savepoint: path, checkpoint, bytes and operators; of each its id, uid, name,
   * parallelism, maxParallelism, bytes and states; of each its name, kind and types.
   *
   * @param jar of the job that wrote it
   * @throws Refusal if there is no savepoint, or it can't be read with that jar
   */
  public JsonNode inspect(Path directory, Path jar) {
    return MAPPER.valueToTree(facts(directory, jar));
  }

  /**
   * What a state holds for a key: a JSON object for each namespace; without a key, how many keys
   * and entries there are.
   *
   * @param jar of the job that wrote the savepoint
   * @param key the key as text
   * @throws Refusal if there is no such savepoint, operator or state
   */
  public List<JsonNode> content(
      Path savepoint, Path jar, String uid, String state, Optional<String> key) {
    Path api = tool.resolveSibling("flink-state-processor-api.jar");
    List<String> arguments = new ArrayList<>(List.of(savepoint.toString(), uid, state));
    key.ifPresent(arguments::add);
    FlinkProgram.Result result = programs.run(List.of(tool, api, jar), CONTENT, arguments);
    if (result.exitCode() != 0) {
      LOG.warn("{} of {} can't be read: {}", state, savepoint, result.output());
      throw new Refusal(
          result.lastLine(),
          "./kappa savepoint inspect %s shows what there is".formatted(savepoint));
    }
    return result.answer().lines().map(SavepointTool::json).toList();
  }

  private static JsonNode json(String line) {
    try {
      return MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      throw new Refusal("Flink says: " + line, "see logs/flink-program.log", e);
    }
  }

  @Override
  public List<StateVerdict> check(Path savepoint, Path writer, Candidate candidate) {
    Object facts = facts(savepoint, writer);
    Path blank = temporary();
    try {
      String saved = save(candidate, blank);
      Object verdicts =
          ask(
              List.of(tool, candidate.jar()),
              COMPATIBILITY,
              facts,
              savepoint.toString(),
              Path.of(URI.create(saved)).toString());
      return MAPPER.convertValue(verdicts, new TypeReference<List<StateVerdict>>() {});
    } catch (InvocationTargetException e) {
      throw unreadable(e);
    } finally {
      Tree.delete(blank);
    }
  }

  private Object facts(Path directory, Path jar) {
    try {
      return ask(List.of(tool, jar), INSPECTION, directory.toString());
    } catch (InvocationTargetException e) {
      throw unreadable(e);
    }
  }

  private static Refusal unreadable(InvocationTargetException e) {
    return new Refusal(
        e.getCause().getMessage(),
        "./kappa savepoint list shows what there is; --jar names the jar of the job that wrote it",
        e);
  }

  /** Runs the job on nothing; what it saves says which state it keeps. */
  private String save(Candidate candidate, Path into) {
    List<String> arguments = new ArrayList<>();
    arguments.add(candidate.job().value());
    arguments.add(Integer.toString(candidate.maxParallelism()));
    arguments.add(into.toUri().toString());
    candidate.parameters().forEach((name, value) -> arguments.add(name + "=" + value));
    FlinkProgram.Result result = programs.run(List.of(candidate.jar()), BLANK_RUN, arguments);
    if (result.errors().lines().anyMatch(line -> line.startsWith(NO_MAIN))) {
      throw new Refusal(
          "%s can't say which state it keeps: it was made with another release of Kappa"
              .formatted(candidate.jar()),
          "make it anew; or ./kappa replay %s --jar FILE makes a new version of it"
              .formatted(candidate.job()));
    }
    if (result.exitCode() != 0) {
      LOG.warn("{} of {} can't run: {}", candidate.job(), candidate.jar(), result.output());
      throw new Refusal(
          "%s of %s can't run: %s".formatted(candidate.job(), candidate.jar(), result.lastLine()),
          "mend that in the jar; nothing was stopped");
    }
    return result.lastLine();
  }

  private Object ask(List<Path> jars, Apart.Question question, Object... arguments)
      throws InvocationTargetException {
    try {
      return apart.ask(jars, question, arguments);
    } catch (InvocationTargetException e) {
      throw e;
    } catch (NoSuchMethodException | ClassNotFoundException e) {
      throw new Refusal(
          "%s doesn't know %s".formatted(jars, question.className()),
          "it is of another release, or make build has yet to make it",
          e);
    } catch (ReflectiveOperationException | LinkageError | IOException e) {
      throw new Refusal(
          "Savepoints can't be read: %s doesn't do".formatted(tool), "make build makes it", e);
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("kappa-blank");
    } catch (IOException e) {
      throw new Refusal("No temporary directory can be made", "see whether the disk is full", e);
    }
  }
}
