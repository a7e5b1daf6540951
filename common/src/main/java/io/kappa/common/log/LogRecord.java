package io.kappa.common.log;

import io.kappa.common.event.Event;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.typeutils.PojoField;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;

/**
 * One record of a topic, decoded. Either there is an event, or there is a reason why not, and the
 * bytes to look at.
 *
 * @param timestamp the broker timestamp, milliseconds since the epoch
 * @param size the size of the value in bytes; 0 for none
 * @param event the event; {@code null} if the record is none
 * @param reason why the record is no event; {@code null} if it is one
 * @param detail what exactly is wrong with it; {@code null} if nothing is
 * @param bytes the beginning of the value, as it is needed for quarantine
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; a copy would cost each record.
public record LogRecord<E extends Event>(
    int partition,
    long offset,
    long timestamp,
    int size,
    E event,
    String reason,
    String detail,
    byte[] bytes) {

  /** The most bytes of a record that are kept for quarantine. */
  public static final int MOST_BYTES = 1024;

  /** How Flink serialises records whose events are of the given class. */
  @SuppressWarnings("unchecked")
  public static <E extends Event> TypeInformation<LogRecord<E>> typeOf(Class<E> event) {
    Class<LogRecord<E>> type = (Class<LogRecord<E>>) (Class<?>) LogRecord.class;
    List<PojoField> fields = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      TypeInformation<?> fieldType =
          component.getName().equals("event")
              ? TypeInformation.of(event)
              : component.getType() == byte[].class
                  ? Types.PRIMITIVE_ARRAY(Types.BYTE)
                  : TypeInformation.of(component.getType());
      try {
        fields.add(new PojoField(type.getDeclaredField(component.getName()), fieldType));
      } catch (NoSuchFieldException e) {
        throw new IllegalStateException("LogRecord lost a component", e);
      }
    }
    return new PojoTypeInfo<>(type, fields);
  }
}
