package io.kappa.control.jar;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kappa.common.table.Identifier;
import io.kappa.control.Refusal;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Asks jars with jobs by their own code, run apart from ours, so that any release's jar can be
 * asked.
 */
public final class JobsJar implements Jobs {

  private static final String CATALOG = "io.kappa.common.job.run.JobCatalog";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Apart apart;

  /**
   * @param engine the directory with the engine's jars, which a jar with jobs leaves out
   */
  public JobsJar(Path engine) {
    this.apart = new Apart(engine);
  }

  @Override
  public List<JobDescription> all(Path jar) {
    try {
      String json = (String) call(jar, "describe", List.of());
      return MAPPER.readValue(json, new TypeReference<List<JobDescription>>() {});
    } catch (JsonProcessingException | InvocationTargetException e) {
      throw noJobs(jar, e);
    }
  }

  @Override
  @SuppressWarnings("unchecked")
  public Map<String, String> parameters(Path jar, Identifier job, Map<String, String> given) {
    try {
      List<Class<?>> types = List.of(String.class, Map.class);
      return (Map<String, String>) call(jar, "parameters", types, job.value(), given);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException problems) {
        throw new Refusal(
            "Job %s can't be set so: %s".formatted(job, problems.getMessage()),
            "./kappa jobs says what can be set",
            e);
      }
      throw noJobs(jar, e);
    }
  }

  private Object call(Path jar, String method, List<Class<?>> types, Object... arguments)
      throws InvocationTargetException {
    if (!Files.isRegularFile(jar)) {
      throw new Refusal("There is no jar at %s".formatted(jar), "make build makes Kappa's own");
    }
    try {
      return apart.ask(List.of(jar), new Apart.Question(CATALOG, method, types), arguments);
    } catch (InvocationTargetException e) {
      throw e;
    } catch (ReflectiveOperationException | LinkageError | IOException e) {
      throw noJobs(jar, e);
    }
  }

  private static Refusal noJobs(Path jar, Throwable cause) {
    return new Refusal(
        "%s is no jar with jobs of Kappa".formatted(jar),
        "name one that carries Kappa's library with it, such as the one that make build leaves in target/kappa/jobs",
        cause);
  }
}
