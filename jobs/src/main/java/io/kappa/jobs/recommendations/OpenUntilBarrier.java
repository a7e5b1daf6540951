package io.kappa.jobs.recommendations;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * An operator that holds the keys that were touched open on the heap, and closes all of them just
 * before the barrier: only then is state written, and is the net difference sent on. The operators
 * behind get it before the same barrier, so that a change goes all the way within one checkpoint.
 *
 * <p>With too much open, all are closed without a barrier. The rows that this brings may be halfway
 * ones; the next barrier brings the rest before anybody sees them.
 *
 * @param <I> what comes in, keyed by a string
 * @param <K> a key while it's open
 * @param <O> what goes out
 */
abstract class OpenUntilBarrier<I, K extends OpenUntilBarrier.Open, O>
    extends AbstractStreamOperator<O> implements OneInputStreamOperator<I, O> {

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

  /** Takes something for a key that is open. */
  abstract void add(K key, I element);

  /** Writes the current key's state, and sends on what changed. */
  abstract void end(String name, K key) throws Exception;

  /** All open keys were closed. */
  abstract void sendRest();

  @Override
  public final void processElement(StreamRecord<I> element) throws Exception {
    String name = (String) getCurrentKey();
    K key = touched.get(name);
    int before = 0;
    if (key == null) {
      key = begin();
      touched.put(name, key);
    } else {
      before = key.size();
    }
    add(key, element.getValue());
    held += key.size() - before;
    if (held >= most) {
      closeAll();
    }
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

  private void closeAll() throws Exception {
    for (Map.Entry<String, K> entry : touched.entrySet()) {
      setCurrentKey(entry.getKey());
      end(entry.getKey(), entry.getValue());
    }
    touched = new HashMap<>();
    held = 0;
    sendRest();
  }
}
