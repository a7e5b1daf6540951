package io.kappa.jobs.activitymetrics;

import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Tells Flink that an {@link ItemEvent} has a serializer of its own. */
final class ItemEventTypeInfo extends TypeInformation<ItemEvent> {

  private static final long serialVersionUID = 1L;

  private static final int FIELDS = 7;

  /** Found by the annotation of the class. */
  public static final class Factory extends TypeInfoFactory<ItemEvent> {

    @Override
    public TypeInformation<ItemEvent> createTypeInfo(
        Type type, Map<String, TypeInformation<?>> parameters) {
      return new ItemEventTypeInfo();
    }
  }

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return FIELDS;
  }

  @Override
  public int getTotalFields() {
    return FIELDS;
  }

  @Override
  public Class<ItemEvent> getTypeClass() {
    return ItemEvent.class;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public TypeSerializer<ItemEvent> createSerializer(SerializerConfig config) {
    return ItemEventSerializer.INSTANCE;
  }

  @Override
  public String toString() {
    return "ItemEvent";
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof ItemEventTypeInfo;
  }

  @Override
  public boolean equals(Object other) {
    return canEqual(other);
  }

  @Override
  public int hashCode() {
    return ItemEventTypeInfo.class.hashCode();
  }
}
