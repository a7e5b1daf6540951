package io.kappa.jobs.activitymetrics;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/**
 * Brings events from one subtask to another, where nearly all of the job's traffic is: without a
 * look at fields by reflection, and without numbers that are 0. It's never in state.
 */
public final class ItemEventSerializer extends TypeSerializerSingleton<ItemEvent> {

  static final ItemEventSerializer INSTANCE = new ItemEventSerializer();

  private static final long serialVersionUID = 1L;

  private static final int COUNTRY = 1;
  private static final int WATCH = 2;
  private static final int TRADE = 4;

  @Override
  public void serialize(ItemEvent event, DataOutputView out) throws IOException {
    boolean traded = event.quantity() != 0 || event.revenueCents() != 0;
    out.writeByte(
        (event.country() == null ? 0 : COUNTRY)
            | (event.watchMs() == 0 ? 0 : WATCH)
            | (traded ? TRADE : 0));
    StringValue.writeString(event.itemId(), out);
    event.key().write(out);
    out.writeLong(event.at());
    if (event.country() != null) {
      StringValue.writeString(event.country(), out);
    }
    if (event.watchMs() != 0) {
      out.writeLong(event.watchMs());
    }
    if (traded) {
      out.writeLong(event.quantity());
      out.writeLong(event.revenueCents());
    }
  }

  @Override
  public ItemEvent deserialize(DataInputView in) throws IOException {
    int has = in.readByte();
    String itemId = StringValue.readString(in);
    EventKey key = EventKey.read(in);
    long at = in.readLong();
    String country = (has & COUNTRY) == 0 ? null : StringValue.readString(in);
    long watchMs = (has & WATCH) == 0 ? 0 : in.readLong();
    long quantity = (has & TRADE) == 0 ? 0 : in.readLong();
    long revenueCents = (has & TRADE) == 0 ? 0 : in.readLong();
    return new ItemEvent(itemId, key, country, at, watchMs, quantity, revenueCents);
  }

  @Override
  public ItemEvent deserialize(ItemEvent reuse, DataInputView in) throws IOException {
    return deserialize(in);
  }

  @Override
  public void copy(DataInputView in, DataOutputView out) throws IOException {
    serialize(deserialize(in), out);
  }

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public ItemEvent createInstance() {
    return new ItemEvent("", EventKey.of(null, ""), null, 0, 0, 0, 0);
  }

  @Override
  public ItemEvent copy(ItemEvent from) {
    return from;
  }

  @Override
  public ItemEvent copy(ItemEvent from, ItemEvent reuse) {
    return from;
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public TypeSerializerSnapshot<ItemEvent> snapshotConfiguration() {
    return new Snapshot();
  }

  /** It has nothing to remember. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<ItemEvent> {

    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
