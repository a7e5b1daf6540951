package io.kappa.peers.hazelcast;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What is kept of one key: the hours that events may still come for, and those of them that changed
 * since their rows were taken last.
 *
 * @param <H> of one hour
 */
abstract class KeyState<H extends KeyState.Hour> {

  /** Of one hour. */
  abstract static class Hour {
    /** Hours since the epoch. */
    final long hour;

    private boolean changed;

    Hour(long hour) {
      this.hour = hour;
    }

    /** Takes part of a snapshot. */
    abstract void write(DataOutput out) throws IOException;
  }

  private final String key;
  private final Map<Long, H> hours = new HashMap<>();
  private final List<H> changed = new ArrayList<>();
  private H latest;

  KeyState(String key) {
    this.key = key;
  }

  String key() {
    return key;
  }

  abstract void add(Activity event);

  abstract H newHour(long hour);

  /** Reads what {@link Hour#write} wrote. */
  abstract void read(H hour, DataInput in) throws IOException;

  /** The hour, made if need be, which counts as changed from now on. */
  H touch(long hour) {
    if (latest == null || latest.hour != hour) {
      latest = hours.computeIfAbsent(hour, this::newHour);
    }
    if (!((Hour) latest).changed) {
      ((Hour) latest).changed = true;
      changed.add(latest);
    }
    return latest;
  }

  /** How many hours changed since {@link #takeChanged}. */
  int changed() {
    return changed.size();
  }

  /** Goes through the hours that changed; none counts as changed afterwards. */
  void takeChanged(Consumer<H> taker) {
    for (H hour : changed) {
      ((Hour) hour).changed = false;
      taker.accept(hour);
    }
    changed.clear();
  }

  /** Forgets hours before the given one, but for those that changed. */
  void forgetBefore(long hour) {
    for (Iterator<H> all = hours.values().iterator(); all.hasNext(); ) {
      Hour candidate = all.next();
      if (candidate.hour < hour && !candidate.changed) {
        all.remove();
      }
    }
    if (latest != null && latest.hour < hour) {
      latest = null;
    }
  }

  /** Writes all of it for a snapshot, but the key. */
  void write(DataOutput out) throws IOException {
    out.writeInt(hours.size());
    for (H hour : hours.values()) {
      out.writeLong(hour.hour);
      hour.write(out);
    }
  }

  /** Reads what {@link #write} wrote; all of it counts as changed. */
  void read(DataInput in) throws IOException {
    for (int left = in.readInt(); left > 0; left--) {
      read(touch(in.readLong()), in);
    }
  }
}
