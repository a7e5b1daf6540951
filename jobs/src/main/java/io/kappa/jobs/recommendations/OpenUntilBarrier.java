package io.kappa.jobs.recommendations;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;

/**
 * An operator that holds the keys that were touched open on the heap, and closes all of them just
 * before the barrier: only then is state written, and is the net difference sent on. The operators
 * behind get it before the same barrier, so that a change goes all the way within one checkpoint.
 *
 * <p>With too much open, keys are {@linkplain #relieve relieved} of what can go into state without
 * a word to anybody; where that isn't enough, all are closed without a barrier. The rows that this
 * brings may be halfway ones; the next barrier brings the rest before anybody sees them.
 *
 * @param <K> a key while it's open
 * @param <O> what goes out
 */
abstract class OpenUntilBarrier<K extends OpenUntilBarrier.Open, O>
    extends AbstractStreamOperator<O> {

  /** A key while it's open. */
  interface Open {

    /** So many cells it holds on the heap. */
    int size();
  }

  private final int most;
  private transient Map<String, K> touched;
  private transient int held;

  /**
   * @param most so many cells are held open
   */
  OpenUntilBarrier(int most) {
    this.most = most;
  }

  @Override
  public void open() throws Exception {
    super.open();
    touched = new HashMap<>();
  }

  /** Opens the current key. */
  abstract K begin() throws Exception;

  /** Writes the current key's state, and sends on what changed. */
  abstract void end(String name, K key) throws Exception;

  /** Writes to the current key's state what nobody is told of before the barrier. */
  void relieve(K key) throws Exception {}

  /** Opens what else has to be looked at, before all is closed. */
  void beforeEnd() throws Exception {}

  /** All open keys were closed. */
  void sendRest() {}

  /** Lets a key of this subtask take something. */
  final void touch(String name, Consumer<K> change) throws Exception {
    K key = opened(name);
    int before = key.size();
    change.accept(key);
    held += key.size() - before;
    if (held >= most) {
      makeRoom();
    }
  }

  /** A key of this subtask, open. */
  final K opened(String name) throws Exception {
    K key = touched.get(name);
    if (key == null) {
      setCurrentKey(name);
      key = begin();
      touched.put(name, key);
      held += key.size();
    }
    return key;
  }

  @Override
  public final void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    closeAll();
  }

  @Override
  public final void finish() throws Exception {
    closeAll();
    super.finish();
  }

  private void makeRoom() throws Exception {
    for (Map.Entry<String, K> entry : touched.entrySet()) {
      K key = entry.getValue();
      int before = key.size();
      setCurrentKey(entry.getKey());
      relieve(key);
      held += key.size() - before;
    }
    if (held >= most / 2) {
      closeAll();
    }
  }

  private void closeAll() throws Exception {
    beforeEnd();
    for (Map.Entry<String, K> entry : touched.entrySet()) {
      setCurrentKey(entry.getKey());
      end(entry.getKey(), entry.getValue());
    }
    touched = new HashMap<>();
    held = 0;
    sendRest();
  }
}
