package io.kappa.common.job;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.typeutils.PojoField;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;

/** Tells Flink how a {@link Change} of a known row is serialised. */
public final class ChangeTypeInfoFactory<R> extends TypeInfoFactory<Change<R>> {

  @Override
  @SuppressWarnings("unchecked")
  public TypeInformation<Change<R>> createTypeInfo(
      Type type, Map<String, TypeInformation<?>> parameters) {
    return of((TypeInformation<R>) parameters.get("R"));
  }

  /** The type of changes of a row whose type is given. */
  @SuppressWarnings("unchecked")
  public static <R> TypeInformation<Change<R>> of(TypeInformation<R> row) {
    try {
      Class<Change<R>> change = (Class<Change<R>>) (Class<?>) Change.class;
      return new PojoTypeInfo<>(
          change,
          List.of(
              new PojoField(change.getDeclaredField("deleted"), Types.BOOLEAN),
              new PojoField(change.getDeclaredField("row"), row)));
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("Change lost a component that its type names", e);
    }
  }
}
