package io.kappa.savepoints.inspect;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.MapSerializerSnapshot;
import org.apache.flink.runtime.checkpoint.OperatorState;

/**
 * Holds the serializers that wrote a savepoint against those that a job has now, as Flink itself
 * does when it restores: the new one's snapshot says how it gets on with the old one's.
 *
 * <p>The job's own come from a savepoint that it wrote on nothing.
 */
public final class SerializerFits {

  private static final String MIGRATED = "MIGRATED";
  private static final String INCOMPATIBLE = "INCOMPATIBLE";

  private final ClassLoader classes;

  /**
   * @param classes has the classes of the job as it is now
   */
  public SerializerFits(ClassLoader classes) {
    this.classes = classes;
  }

  /**
   * What was found, in the words of the JDK alone: {@code fits} has operator id -> state -> {@code
   * key}, {@code namespace}, {@code value} -> {@code AS_IS}, {@code RECONFIGURED}, {@code MIGRATED}
   * or {@code INCOMPATIBLE}, where both have the state; {@code unreadable} has operator id -> why
   * its state can't be read with these classes.
   *
   * @throws UnreadableSavepointException if one of the two is no savepoint
   */
  public Map<String, Object> of(Path saved, Path blank) {
    Map<String, OperatorState> now = new LinkedHashMap<>();
    SavepointFile.in(blank, classes)
        .operators()
        .forEach(operator -> now.put(operator.getOperatorID().toHexString(), operator));
    Map<String, Map<String, Map<String, String>>> fits = new LinkedHashMap<>();
    Map<String, String> unreadable = new LinkedHashMap<>();
    for (OperatorState before : SavepointFile.in(saved, classes).operators()) {
      String id = before.getOperatorID().toHexString();
      try {
        Map<String, StateHeader> headers = new StateHeaders(classes).of(before);
        if (now.containsKey(id)) {
          fits.put(id, fits(headers, new StateHeaders(classes).of(now.get(id))));
        }
      } catch (IOException | RuntimeException | LinkageError e) {
        unreadable.put(id, last(e));
      }
    }
    return Map.of("fits", fits, "unreadable", unreadable);
  }

  private static String last(Throwable e) {
    Throwable last = e;
    while (last.getCause() != null) {
      last = last.getCause();
    }
    return last instanceof ClassNotFoundException
        ? "class %s isn't there".formatted(last.getMessage())
        : String.valueOf(last.getMessage());
  }

  private static Map<String, Map<String, String>> fits(
      Map<String, StateHeader> before, Map<String, StateHeader> now) {
    Map<String, Map<String, String>> fits = new LinkedHashMap<>();
    before.forEach(
        (name, old) -> {
          if (now.containsKey(name)) {
            fits.put(name, fits(old, now.get(name)));
          }
        });
    return fits;
  }

  private static Map<String, String> fits(StateHeader before, StateHeader now) {
    Map<String, String> fits = new LinkedHashMap<>();
    fit(before.key(), now.key()).ifPresent(fit -> fits.put("key", fit));
    fit(before.namespace(), now.namespace()).ifPresent(fit -> fits.put("namespace", fit));
    fit(before.value(), now.value())
        .ifPresent(fit -> fits.put("value", isOtherMap(before, now) ? INCOMPATIBLE : fit));
    return fits;
  }

  /** Flink writes the values of a map anew, but never its keys. */
  private static boolean isOtherMap(StateHeader before, StateHeader now) {
    if (before.kind() != StateKind.MAP || now.kind() != StateKind.MAP) {
      return false;
    }
    String fit = fit(keyOfMap(before), keyOfMap(now));
    return fit.equals(MIGRATED) || fit.equals(INCOMPATIBLE);
  }

  private static TypeSerializerSnapshot<?> keyOfMap(StateHeader map) {
    return ((MapSerializerSnapshot<?, ?>) map.value().orElseThrow()).getKeySerializerSnapshot();
  }

  private static Optional<String> fit(
      Optional<TypeSerializerSnapshot<?>> before, Optional<TypeSerializerSnapshot<?>> now) {
    return before.isPresent() && now.isPresent()
        ? Optional.of(fit(before.get(), now.get()))
        : Optional.empty();
  }

  /** Unchecked, as Flink does it: whether both are of one type is just what is asked. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  private static String fit(TypeSerializerSnapshot before, TypeSerializerSnapshot now) {
    if (!Types.isWhole(before)) {
      return INCOMPATIBLE;
    }
    TypeSerializerSchemaCompatibility<?> fit =
        now.restoreSerializer().snapshotConfiguration().resolveSchemaCompatibility(before);
    if (fit.isCompatibleAsIs()) {
      return "AS_IS";
    }
    if (fit.isCompatibleWithReconfiguredSerializer()) {
      return "RECONFIGURED";
    }
    return fit.isCompatibleAfterMigration() ? MIGRATED : INCOMPATIBLE;
  }
}
