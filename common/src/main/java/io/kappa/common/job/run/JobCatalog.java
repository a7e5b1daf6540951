package io.kappa.common.job.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kappa.common.job.JobDefinition;
import io.kappa.common.job.Parameter;
import io.kappa.common.job.Parameters;
import io.kappa.common.job.StandardParameters;
import io.kappa.common.log.QuarantinedRecord;
import io.kappa.common.table.Identifier;
import io.kappa.common.table.Table;
import io.kappa.common.table.TableShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The jobs of a jar, and what they tell about themselves. Whoever launches versions asks here,
 * across class loaders, so questions and answers are made of the JDK's types alone.
 */
public final class JobCatalog {

  private JobCatalog() {}

  /**
   * The job of that name.
   *
   * @throws IllegalArgumentException if there is none; it names those there are
   */
  public static JobDefinition named(String name) {
    SortedMap<String, JobDefinition> jobs = all();
    JobDefinition job = jobs.get(name);
    if (job == null) {
      throw new IllegalArgumentException(
          "There is no job '%s'; there is %s".formatted(name, String.join(", ", jobs.keySet())));
    }
    return job;
  }

  private static SortedMap<String, JobDefinition> all() {
    SortedMap<String, JobDefinition> jobs = new TreeMap<>();
    for (JobDefinition job :
        ServiceLoader.load(JobDefinition.class, JobCatalog.class.getClassLoader())) {
      new Identifier(job.name());
      if (jobs.put(job.name(), job) != null) {
        throw new IllegalStateException("Two jobs are called " + job.name());
      }
    }
    return jobs;
  }

  /** All jobs as a JSON array: name, description, parameters, topics, tables. */
  public static String describe() {
    try {
      List<Map<String, Object>> jobs = all().values().stream().map(JobCatalog::facts).toList();
      return JsonMapper.builder().build().writeValueAsString(jobs);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The jobs can't be told as JSON", e);
    }
  }

  private static Map<String, Object> facts(JobDefinition job) {
    Parameters defaults = Parameters.read(StandardParameters.with(job), Map.of());
    return Map.of(
        "name", job.name(),
        "description", job.description(),
        "parameters", StandardParameters.with(job).stream().map(JobCatalog::facts).toList(),
        "topics", job.inputs(defaults).stream().map(input -> input.topic().name()).toList(),
        "tables", shapes(job).stream().map(JobCatalog::facts).toList());
  }

  private static Map<String, Object> facts(Parameter<?> parameter) {
    return Map.of(
        "name", parameter.name(),
        "defaultText", parameter.defaultText(),
        "description", parameter.description());
  }

  private static Map<String, Object> facts(TableShape table) {
    List<Map<String, Object>> columns =
        table.columns().stream()
            .map(
                c ->
                    Map.<String, Object>of(
                        "name", c.name(),
                        "type", c.type().name(),
                        "key", c.key(),
                        "comment", c.comment()))
            .toList();
    return Map.of("name", table.name(), "comment", table.comment(), "columns", columns);
  }

  /** The tables of a job and the one for what it can't use. */
  static List<TableShape> shapes(JobDefinition job) {
    List<TableShape> shapes = new ArrayList<>(job.tables().stream().map(Table::shape).toList());
    shapes.add(QuarantinedRecord.TABLE.shape());
    return shapes;
  }

  /**
   * All parameters of a version of the job, with the defaults where nothing was given.
   *
   * @throws IllegalArgumentException with all problems, numbered
   */
  public static Map<String, String> parameters(String job, Map<String, String> given) {
    return Parameters.read(StandardParameters.with(named(job)), given).texts();
  }
}
