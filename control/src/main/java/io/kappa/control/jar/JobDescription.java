package io.kappa.control.jar;

import io.kappa.common.table.TableShape;
import java.util.List;

/**
 * A job, as a jar tells it.
 *
 * @param topics the topics that it reads
 * @param tables its own tables, and the quarantine
 */
public record JobDescription(
    String name,
    String description,
    List<ParameterDescription> parameters,
    List<String> topics,
    List<TableShape> tables) {

  /** A parameter of a job. */
  public record ParameterDescription(String name, String defaultText, String description) {}
}
