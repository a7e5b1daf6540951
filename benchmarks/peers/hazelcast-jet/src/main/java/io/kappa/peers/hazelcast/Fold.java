package io.kappa.peers.hazelcast;

import static com.hazelcast.jet.Util.entry;

import com.hazelcast.jet.Traverser;
import com.hazelcast.jet.Traversers;
import com.hazelcast.jet.core.AbstractProcessor;
import com.hazelcast.jet.core.Inbox;
import com.hazelcast.jet.core.Watermark;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Folds events into states by key and about once a second emits the rows that changed, all in one
 * item. While the writer is busy it goes on folding, up to a number of rows; so a row that changes
 * a thousand times meanwhile is written once.
 *
 * <p>The watermark only tells which hours can be forgotten; no row waits for it.
 */
abstract class Fold<S extends KeyState<?>> extends AbstractProcessor {

  private static final long INTERVAL_NANOS = 1_000_000_000;

  /** With so many rows it doesn't wait for the second to pass. */
  private static final int ENOUGH_ROWS = 30_000;

  /** With so many rows it takes no more events; an array of them is no humongous object yet. */
  private static final int MOST_ROWS = 60_000;

  private final Map<String, S> states = new HashMap<>();
  private final List<S> changed = new ArrayList<>();
  private int changedRows;

  /** The first hour that isn't over. */
  private long openFrom = Long.MIN_VALUE;

  private long forgottenTo = Long.MIN_VALUE;
  private Rows pending;
  private long nextAt = System.nanoTime();
  private Traverser<Map.Entry<String, byte[]>> snapshot;

  /** The key of an event, {@code null} if it has none and doesn't count. */
  abstract String key(Activity event);

  abstract S newState(String key);

  /** Takes the rows that changed; it is told how many hours that are. */
  abstract Rows take(List<S> states, int hours);

  @Override
  public boolean tryProcess() {
    emitWhenDue();
    return true;
  }

  @Override
  public void process(int ordinal, Inbox inbox) {
    emitWhenDue();
    while (changedRows < MOST_ROWS) {
      Activity event = (Activity) inbox.poll();
      if (event == null) {
        return;
      }
      add(event);
    }
  }

  private void add(Activity event) {
    String key = key(event);
    // An hour that is over may be forgotten already; Jet's own windows drop such an event too.
    if (key == null || event.hour() < openFrom) {
      return;
    }
    S state = states.get(key);
    if (state == null) {
      state = newState(key);
      states.put(key, state);
    }
    int before = state.changed();
    state.add(event);
    noteChanges(state, before);
  }

  private void noteChanges(S state, int before) {
    if (before == 0) {
      changed.add(state);
    }
    changedRows += state.changed() - before;
  }

  private void emitWhenDue() {
    if (pending == null) {
      if (changed.isEmpty() || (changedRows < ENOUGH_ROWS && System.nanoTime() - nextAt < 0)) {
        return;
      }
      nextAt = System.nanoTime() + INTERVAL_NANOS;
      pending = take(changed, changedRows);
      changed.clear();
      changedRows = 0;
    }
    emitPending();
  }

  /** Whether nothing is pending any more. */
  private boolean emitPending() {
    if (pending == null) {
      return true;
    }
    if (!tryEmit(pending)) {
      return false;
    }
    pending = null;
    // Only now: until the writer has the rows, snapshots need them.
    if (forgottenTo < openFrom) {
      states.values().forEach(state -> state.forgetBefore(openFrom));
      forgottenTo = openFrom;
    }
    return true;
  }

  @Override
  public boolean tryProcessWatermark(Watermark watermark) {
    openFrom = Math.max(openFrom, Activity.hour(watermark.timestamp()));
    return true;
  }

  @Override
  public boolean saveToSnapshot() {
    if (!emitPending()) {
      return false;
    }
    if (snapshot == null) {
      snapshot =
          Traversers.traverseIterable(states.values())
              .map(state -> entry(state.key(), bytes(state)))
              .onFirstNull(() -> snapshot = null);
    }
    return emitFromTraverserToSnapshot(snapshot);
  }

  @Override
  protected void restoreFromSnapshot(Object key, Object value) {
    S state = newState((String) key);
    try {
      state.read(new DataInputStream(new ByteArrayInputStream((byte[]) value)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    states.put(state.key(), state);
    noteChanges(state, 0);
  }

  private static byte[] bytes(KeyState<?> state) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try {
      state.write(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
