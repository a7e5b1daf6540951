package io.kappa.peers.kafkastreams;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The values that change now, as objects. They come from a store when first touched, are for their
 * owner to write back before each commit, and are forgotten once they stay as they are from one
 * commit to the next.
 */
final class Hot<K, V> {

  /** A key, and the value that goes with it. */
  static final class Entry<K, V> {
    private final K key;
    private final V value;
    private boolean changed;

    private Entry(K key, V value) {
      this.key = key;
      this.value = value;
    }

    K key() {
      return key;
    }

    V value() {
      return value;
    }
  }

  private final Function<K, V> load;
  private final Map<K, Entry<K, V>> all = new HashMap<>();
  private List<Entry<K, V>> changed = new ArrayList<>();
  private List<Entry<K, V>> before = new ArrayList<>();

  /**
   * @param load the value of a key, from the store or new
   */
  Hot(Function<K, V> load) {
    this.load = load;
  }

  /** The value of a key, which is about to be changed. */
  V change(K key) {
    Entry<K, V> entry = all.get(key);
    if (entry == null) {
      entry = new Entry<>(key, load.apply(key));
      all.put(key, entry);
    }
    if (!entry.changed) {
      entry.changed = true;
      changed.add(entry);
    }
    return entry.value;
  }

  /** What has changed since {@link #settle}; the caller may sort it. */
  List<Entry<K, V>> changed() {
    return changed;
  }

  /** Everything that changed has been written. */
  void settle() {
    for (Entry<K, V> entry : before) {
      if (!entry.changed) {
        all.remove(entry.key);
      }
    }
    for (Entry<K, V> entry : changed) {
      entry.changed = false;
    }
    List<Entry<K, V>> empty = before;
    empty.clear();
    before = changed;
    changed = empty;
  }
}
