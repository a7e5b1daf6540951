package io.kappa.jobs.script;

import java.io.IOException;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** A value's way through Flink's serialisers, on which Kryo isn't allowed. */
public final class RoundTrip {

  private RoundTrip() {}

  /** What comes back of a value. */
  public static <T> T of(T value, TypeInformation<T> type) throws IOException {
    SerializerConfigImpl withoutKryo = new SerializerConfigImpl();
    withoutKryo.setGenericTypes(false);
    TypeSerializer<T> serializer = type.createSerializer(withoutKryo);
    DataOutputSerializer bytes = new DataOutputSerializer(64);
    serializer.serialize(value, bytes);
    return serializer.deserialize(new DataInputDeserializer(bytes.getCopyOfBuffer()));
  }
}
