package io.kappa.savepoints.compat;

import io.kappa.savepoints.inspect.Facts;
import io.kappa.savepoints.inspect.Savepoint;
import io.kappa.savepoints.inspect.SavepointReader;
import io.kappa.savepoints.inspect.SerializerFits;
import io.kappa.savepoints.inspect.UnreadableSavepointException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether a job can go on from a savepoint, for who asks through a class loader of its own. */
public final class CompatibilityCheck {

  private CompatibilityCheck() {}

  /**
   * Operator, state, verdict and reason of each state; the job's classes are those of the thread's
   * context.
   *
   * @param savedFacts what the savepoint holds, told with the classes of who wrote it
   * @param saved where the savepoint is
   * @param blank where the savepoint is that the job wrote on nothing
   * @throws UnreadableSavepointException if one of the two is no savepoint
   */
  public static List<Map<String, String>> of(
      Map<String, Object> savedFacts, String saved, String blank) {
    return of(Facts.savepoint(savedFacts), Path.of(saved), Path.of(blank)).states().stream()
        .map(CompatibilityCheck::facts)
        .toList();
  }

  /**
   * The same in types.
   *
   * @throws UnreadableSavepointException if one of the two is no savepoint
   */
  public static Compatibility of(Savepoint before, Path saved, Path blank) {
    ClassLoader classes = Thread.currentThread().getContextClassLoader();
    Fits fits = fits(new SerializerFits(classes).of(saved, blank));
    return Compatibility.of(before, new SavepointReader(classes).read(blank), fits);
  }

  private static Map<String, String> facts(StateVerdict verdict) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("operator", verdict.operator());
    facts.put("state", verdict.state());
    facts.put("verdict", verdict.verdict().name());
    facts.put("reason", verdict.reason());
    return facts;
  }

  @SuppressWarnings("unchecked") // as SerializerFits says
  private static Fits fits(Map<String, Object> found) {
    Map<String, Map<String, StateFit>> fits = new LinkedHashMap<>();
    ((Map<String, Map<String, Map<String, String>>>) found.get("fits"))
        .forEach(
            (operator, states) -> {
              Map<String, StateFit> ofOperator = new LinkedHashMap<>();
              states.forEach((state, parts) -> ofOperator.put(state, fit(parts)));
              fits.put(operator, ofOperator);
            });
    return new Fits(fits, (Map<String, String>) found.get("unreadable"));
  }

  private static StateFit fit(Map<String, String> parts) {
    return new StateFit(part(parts, "key"), part(parts, "namespace"), part(parts, "value"));
  }

  private static Optional<Fit> part(Map<String, String> parts, String which) {
    return Optional.ofNullable(parts.get(which)).map(Fit::valueOf);
  }
}
