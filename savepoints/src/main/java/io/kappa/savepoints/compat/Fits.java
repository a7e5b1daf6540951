package io.kappa.savepoints.compat;

import java.util.Map;
import java.util.Optional;

/**
 * How the serializers of a job get on with those that wrote a savepoint.
 *
 * @param fits operator id -> state -> fit, where both have the state
 * @param unreadable operator id -> why what it saved can't be read with the job's classes
 */
public record Fits(Map<String, Map<String, StateFit>> fits, Map<String, String> unreadable) {

  /** Nothing was compared. */
  static final Fits NONE = new Fits(Map.of(), Map.of());

  Optional<StateFit> of(String operator, String state) {
    return Optional.ofNullable(fits.getOrDefault(operator, Map.of()).get(state));
  }
}
