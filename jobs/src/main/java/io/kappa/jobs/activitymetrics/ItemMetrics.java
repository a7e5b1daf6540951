package io.kappa.jobs.activitymetrics;

import io.kappa.common.job.Change;
import io.kappa.common.job.ChangeTypeInfoFactory;
import io.kappa.jobs.activitymetrics.SpilledKeys.OfHour;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.State;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.IntSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Counts events by item: each event once, into its hour and into the item's total.
 *
 * <p>What was touched since the last barrier is held open on the heap, and is written to state and
 * sent on just before the next one: a row that a thousand events hit costs one read, one write and
 * one change. That needs the barrier, which only an operator sees; a function doesn't.
 */
final class ItemMetrics extends AbstractStreamOperator<Change<ItemHourly>>
    implements OneInputStreamOperator<ItemEvent, Change<ItemHourly>>, Triggerable<String, Integer> {

  static final OutputTag<Change<ItemTotal>> TOTALS =
      new OutputTag<>("totals", ChangeTypeInfoFactory.of(TypeInformation.of(ItemTotal.class)));
  static final OutputTag<CountryHourly> COUNTRY_SHARES =
      new OutputTag<>("country-shares", TypeInformation.of(CountryHourly.class));

  /** So many rows are held open at most, some 10 MB; with more, all are written at once. */
  static final int MOST_OPEN = 20_000;

  /**
   * So many buckets of keys are held open at most, some 20 MB; beside them is a byte or so for each
   * key of the hours that they are of.
   */
  static final int MOST_HELD = 100_000;

  private transient ValueState<ItemTotal> totals;
  private transient OfHour<ValueState<HourState>> hours;
  private transient SpilledKeys spilledKeys;
  private transient InternalTimerService<Integer> timers;

  private transient Map<String, OpenItem> open;
  private transient int openRows;
  private transient CountryShares shares;
  private transient Counter copies;

  @Override
  public void open() throws Exception {
    super.open();
    totals =
        getPartitionedState(
            new ValueStateDescriptor<>("totals", TypeInformation.of(ItemTotal.class)));
    hours = ofHour(new ValueStateDescriptor<>("open-hours", TypeInformation.of(HourState.class)));
    spilledKeys =
        new SpilledKeys(
            ofHour(
                new MapStateDescriptor<>(
                    "event-keys",
                    Types.INT,
                    PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO)),
            this::setSpillTimer);
    timers = getInternalTimerService("hours", IntSerializer.INSTANCE, this);
    open = new HashMap<>();
    shares = new CountryShares();
    copies = getMetricGroup().counter("copies");
  }

  /** State of the current item under the hour's number, so that an hour can be dropped whole. */
  private <S extends State> OfHour<S> ofHour(StateDescriptor<S, ?> descriptor) throws Exception {
    getOrCreateKeyedState(IntSerializer.INSTANCE, descriptor); // so that it's in every savepoint
    return hour -> getPartitionedState(hour, IntSerializer.INSTANCE, descriptor);
  }

  @Override
  public void processElement(StreamRecord<ItemEvent> element) throws Exception {
    ItemEvent event = element.getValue();
    OpenItem item = open.get(event.itemId());
    if (item == null) {
      item = openItem(event.itemId());
    }
    int hour = Hours.of(event.at());
    OpenHour itemHour = item.hour(hour);
    if (itemHour == null) {
      itemHour = openHour(item, hour);
    }
    if (!itemHour.add(event, spilledKeys)) {
      copies.inc();
      return;
    }
    item.add(event);
    shares.add(event);
    if (openRows + shares.size() >= MOST_OPEN || spilledKeys.held() >= MOST_HELD) {
      flush();
    }
  }

  private OpenItem openItem(String itemId) throws Exception {
    ItemTotal total = totals.value();
    OpenItem item = new OpenItem(total == null ? ItemTotal.none(itemId) : total);
    open.put(itemId, item);
    openRows++;
    return item;
  }

  private OpenHour openHour(OpenItem item, int hour) throws Exception {
    String itemId = item.total().itemId();
    HourState state = hours.at(hour).value();
    if (state == null) {
      requireOngoing(hour, itemId);
      timers.registerEventTimeTimer(hour, Hours.last(hour));
      state = HourState.none(itemId, hour);
    }
    OpenHour opened = new OpenHour(hour, state);
    item.open(opened);
    openRows++;
    return opened;
  }

  /** A late event would begin an hour anew that was finished, and overwrite its row. */
  private void requireOngoing(int hour, String itemId) {
    if (Hours.last(hour) <= timers.currentWatermark()) {
      throw new IllegalStateException(
          "Item %s got an event of the hour from %s, but the watermark is %s already; late events must be kept from the job"
              .formatted(
                  itemId,
                  Instant.ofEpochMilli(Hours.first(hour)),
                  Instant.ofEpochMilli(timers.currentWatermark())));
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    flush();
  }

  @Override
  public void finish() throws Exception {
    flush();
    super.finish();
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    sendShares();
    super.processWatermark(mark);
  }

  /** The hour is over for this item: nothing more can fall into it, and no copy can come. */
  @Override
  public void onEventTime(InternalTimer<String, Integer> timer) throws Exception {
    int namespace = timer.getNamespace();
    if (namespace < 0) {
      spilledKeys.clear(hourOfSpillTimer(namespace));
    } else {
      closeHour(timer.getKey(), namespace);
    }
  }

  private void closeHour(String itemId, int hour) throws Exception {
    OpenItem item = open.get(itemId);
    OpenHour itemHour = item == null ? null : item.close(hour);
    if (itemHour != null) {
      openRows--;
      itemHour.letGo();
      output.collect(new StreamRecord<>(Change.upsert(itemHour.row())));
    }
    hours.at(hour).clear();
  }

  /** Few hours spill; a timer of their own spares all others a read, or an iterator, at the end. */
  private void setSpillTimer(int hour) {
    timers.registerEventTimeTimer(~hour, Hours.last(hour));
  }

  private static int hourOfSpillTimer(int namespace) {
    return ~namespace;
  }

  @Override
  public void onProcessingTime(InternalTimer<String, Integer> timer) {
    throw new IllegalStateException("No timer of processing time is ever set here");
  }

  /** Writes all that is open to state and sends it on. */
  private void flush() throws Exception {
    for (Map.Entry<String, OpenItem> entry : open.entrySet()) {
      setCurrentKey(entry.getKey());
      write(entry.getValue());
    }
    open.clear();
    openRows = 0;
    sendShares();
  }

  private void write(OpenItem item) throws Exception {
    totals.update(item.total());
    output.collect(TOTALS, new StreamRecord<>(Change.upsert(item.total())));
    for (OpenHour hour : item.hours()) {
      HourState state = hour.state();
      hours.at(hour.hour()).update(state);
      hour.writeSpilled();
      output.collect(new StreamRecord<>(Change.upsert(state.row())));
    }
  }

  private void sendShares() {
    for (CountryHourly share : shares.take()) {
      output.collect(COUNTRY_SHARES, new StreamRecord<>(share));
    }
  }
}
