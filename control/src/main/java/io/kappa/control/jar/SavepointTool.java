package io.kappa.control.jar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kappa.control.Refusal;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.List;

/** Reads savepoints with the engine's own code, and the classes of the job that wrote them. */
public final class SavepointTool {

  private static final Apart.Question INSPECTION =
      new Apart.Question("io.kappa.savepoints.inspect.Inspection", "of", List.of(String.class));
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Apart apart;
  private final Path tool;

  /**
   * @param engine the directory with the engine's jars
   * @param tool the jar that reads savepoints
   */
  public SavepointTool(Path engine, Path tool) {
    this.apart = new Apart(engine);
    this.tool = tool;
  }

  /**
   * What is in a savepoint: path, checkpoint, bytes and operators; of each its id, uid, name,
   * parallelism, maxParallelism, bytes and states; of each its name, kind and types.
   *
   * @param jar of the job that wrote it
   * @throws Refusal if there is no savepoint, or it can't be read with that jar
   */
  public JsonNode inspect(Path directory, Path jar) {
    try {
      return MAPPER.valueToTree(apart.ask(List.of(tool, jar), INSPECTION, directory.toString()));
    } catch (InvocationTargetException e) {
      throw new Refusal(
          e.getCause().getMessage(),
          "./kappa savepoint list shows what there is; --jar names the jar of the job that wrote it",
          e);
    } catch (ReflectiveOperationException | LinkageError | IOException e) {
      throw new Refusal(
          "Savepoints can't be read: %s doesn't do".formatted(tool), "make build makes it", e);
    }
  }
}
