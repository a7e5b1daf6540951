package io.kappa.savepoints.inspect;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeutils.CompositeTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.EnumSerializer;
import org.apache.flink.api.java.typeutils.runtime.PojoSerializer;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;

/** Says in words what type a serializer writes. */
final class Types {

  /** No type at all: where Flink wants a namespace and there is none. */
  static final String NONE = "none";

  private static final String SNAPSHOT = "Snapshot";

  private Types() {}

  static SavedType of(TypeSerializerSnapshot<?> snapshot) {
    String serializer = snapshot.getClass().getSimpleName().replace(SNAPSHOT, "");
    if (serializer.isEmpty()) {
      serializer = snapshot.getClass().getName();
    }
    Map<String, String> fields =
        snapshot.restoreSerializer() instanceof PojoSerializer<?> pojo ? fields(pojo) : Map.of();
    return new SavedType(text(snapshot), serializer, snapshot.getCurrentVersion(), fields);
  }

  private static String text(TypeSerializerSnapshot<?> snapshot) {
    TypeSerializer<?> serializer = snapshot.restoreSerializer();
    if (serializer instanceof VoidNamespaceSerializer) {
      return NONE;
    }
    if (serializer instanceof PojoSerializer<?> pojo) {
      return pojo(pojo);
    }
    if (serializer instanceof EnumSerializer<?> constants) {
      return "one of "
          + Arrays.toString(constants.createInstance().getDeclaringClass().getEnumConstants());
    }
    if (snapshot instanceof CompositeTypeSerializerSnapshot<?, ?> composite) {
      return Arrays.stream(composite.getNestedSerializerSnapshots())
          .map(Types::text)
          .collect(Collectors.joining(", ", bare(serializer) + "<", ">"));
    }
    return bare(serializer);
  }

  /** The name of a serializer without what all of them have in their names. */
  private static String bare(TypeSerializer<?> serializer) {
    Class<?> type = serializer.getClass();
    String name = type.getSimpleName().replace("Serializer", "");
    return name.isEmpty() ? type.getSimpleName() : name;
  }

  /**
   * Whether all of what was written can be read. Of a class whose field has a type that can't,
   * Flink says that it can be migrated, and then fails on the first value.
   */
  static boolean isWhole(TypeSerializerSnapshot<?> snapshot) {
    if (snapshot.restoreSerializer() instanceof PojoSerializer<?> pojo) {
      return Arrays.stream(fieldSerializers(pojo))
          .allMatch(field -> field != null && isWhole(field.snapshotConfiguration()));
    }
    return !(snapshot instanceof CompositeTypeSerializerSnapshot<?, ?> composite)
        || Arrays.stream(composite.getNestedSerializerSnapshots()).allMatch(Types::isWhole);
  }

  private static TypeSerializer<?>[] fieldSerializers(PojoSerializer<?> pojo) {
    return (TypeSerializer<?>[]) ask(pojo, "getFieldSerializers");
  }

  private static String pojo(PojoSerializer<?> pojo) {
    Class<?> type = (Class<?>) ask(pojo, "getPojoClass");
    return "%s {%s}"
        .formatted(
            type.getName(),
            fields(pojo).entrySet().stream()
                .map(field -> field.getKey() + ": " + field.getValue())
                .collect(Collectors.joining(", ")));
  }

  private static Map<String, String> fields(PojoSerializer<?> pojo) {
    Field[] fields = (Field[]) ask(pojo, "getFields");
    TypeSerializer<?>[] serializers = fieldSerializers(pojo);
    Map<String, String> texts = new LinkedHashMap<>();
    for (int i = 0; i < fields.length; i++) {
      String name = fields[i] == null ? "(gone)" : fields[i].getName();
      texts.put(name, text(serializers[i].snapshotConfiguration()));
    }
    return texts;
  }

  /** Flink shows this to its own package alone. */
  private static Object ask(PojoSerializer<?> pojo, String method) {
    try {
      Method asked = PojoSerializer.class.getDeclaredMethod(method);
      asked.setAccessible(true);
      return asked.invoke(pojo);
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("This release of Flink has no PojoSerializer." + method, e);
    }
  }
}
