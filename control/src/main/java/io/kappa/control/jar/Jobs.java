package io.kappa.control.jar;

import io.kappa.common.table.Identifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What jars with jobs say about themselves. Every method throws {@link io.kappa.control.Refusal}.
 */
public interface Jobs {

  /** All jobs of a jar, by name. */
  List<JobDescription> all(Path jar);

  /** One job of a jar. */
  default JobDescription job(Path jar, Identifier name) {
    List<JobDescription> jobs = all(jar);
    return jobs.stream()
        .filter(job -> job.name().equals(name.value()))
        .findFirst()
        .orElseThrow(
            () ->
                Nearest.refusal(
                    "job", name.value(), jobs.stream().map(JobDescription::name).toList()));
  }

  /** All of a job's parameters, with what was given; refused if something given isn't allowed. */
  Map<String, String> parameters(Path jar, Identifier job, Map<String, String> given);
}
