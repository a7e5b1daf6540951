package io.kappa.savepoints.content;

import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** A type of which nothing is known but its serializer, which a savepoint says. */
final class KnownSerializer extends TypeInformation<Object> {

  private static final long serialVersionUID = 1L;

  private final TypeSerializer<Object> serializer;

  KnownSerializer(TypeSerializer<Object> serializer) {
    this.serializer = serializer;
  }

  @Override
  public TypeSerializer<Object> createSerializer(SerializerConfig config) {
    return serializer.duplicate();
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
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public Class<Object> getTypeClass() {
    return Object.class;
  }

  @Override
  public boolean isKeyType() {
    return true;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof KnownSerializer;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KnownSerializer known && known.serializer.equals(serializer);
  }

  @Override
  public int hashCode() {
    return serializer.hashCode();
  }

  @Override
  public String toString() {
    return serializer.toString();
  }
}
