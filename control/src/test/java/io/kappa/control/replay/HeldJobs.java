package io.kappa.control.replay;

import io.kappa.common.job.JobDefinition;
import io.kappa.common.job.Parameter;
import io.kappa.common.job.Parameters;
import io.kappa.common.job.StandardParameters;
import io.kappa.common.log.QuarantinedRecord;
import io.kappa.common.table.Identifier;
import io.kappa.common.table.Table;
import io.kappa.common.table.TableShape;
import io.kappa.control.jar.JobDescription;
import io.kappa.control.jar.JobDescription.ParameterDescription;
import io.kappa.control.jar.Jobs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/** Jobs of this JVM, each in a jar that holds nothing but a name for it. */
public final class HeldJobs implements Jobs {

  private static final String ENTRY = "job";

  private final Path directory;
  private final Map<String, JobDefinition> held = new ConcurrentHashMap<>();

  HeldJobs(Path directory) {
    this.directory = directory;
  }

  /**
   * Makes a jar that stands for a job.
   *
   * @param name what no other job is called here
   */
  public Path jar(String name, JobDefinition job) {
    if (held.put(name, job) != null) {
      throw new IllegalArgumentException("there are two jobs called " + name);
    }
    try {
      Path jar = Files.createTempFile(Files.createDirectories(directory), "held", ".jar");
      try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
        out.putNextEntry(new ZipEntry(ENTRY));
        out.write(name.getBytes(StandardCharsets.UTF_8));
      }
      return jar;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JobDefinition in(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      byte[] name = file.getInputStream(file.getEntry(ENTRY)).readAllBytes();
      return held.get(new String(name, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<JobDescription> all(Path jar) {
    JobDefinition job = in(jar);
    Parameters defaults = Parameters.read(StandardParameters.with(job), Map.of());
    List<TableShape> tables = new ArrayList<>(job.tables().stream().map(Table::shape).toList());
    tables.add(QuarantinedRecord.TABLE.shape());
    return List.of(
        new JobDescription(
            job.name(),
            job.description(),
            StandardParameters.with(job).stream().map(HeldJobs::described).toList(),
            job.inputs(defaults).stream().map(input -> input.topic().name()).toList(),
            tables));
  }

  private static ParameterDescription described(Parameter<?> parameter) {
    return new ParameterDescription(
        parameter.name(), parameter.defaultText(), parameter.description());
  }

  @Override
  public Map<String, String> parameters(Path jar, Identifier job, Map<String, String> given) {
    return Parameters.read(StandardParameters.with(in(jar)), given).texts();
  }
}
