package io.kappa.jobs.recommendations;

import java.util.Arrays;

/**
 * The newest of what was seen, so many at most: by the latest time that an id was seen at, and by
 * id where times are equal, the smaller one first. Whatever order things are seen in, the same ones
 * are left: the place of the last one only ever moves up, so what was pushed out can't come back
 * but with a later time, and brings that along.
 *
 * <p>The ids lie sorted: a copy of two arrays opens and closes it.
 */
final class Newest {

  private final int most;
  private String[] ids;
  private long[] times;
  private int size;

  /**
   * @param most so many are kept
   * @param cells what was kept before, sorted by id, with its times
   */
  Newest(int most, Cells cells) {
    this.most = most;
    this.ids = cells.ids();
    this.times = cells.values();
    this.size = cells.size();
    grow(Math.max(4, size + 1)); // the arrays belong to the state
  }

  int size() {
    return size;
  }

  boolean has(String id) {
    return place(id) >= 0;
  }

  /** The latest time that a kept id was seen at. */
  long time(String id) {
    return times[place(id)];
  }

  /** What is kept, sorted by id; shares nothing that changes later. */
  Cells cells() {
    return new Cells(Arrays.copyOf(ids, size), Arrays.copyOf(times, size));
  }

  /** Told of the id that had to go. */
  @FunctionalInterface
  interface Leaving {
    void leaves(String id, long time);
  }

  /**
   * Sees an id.
   *
   * @param leaving told if another one has to go for it
   */
  void see(String id, long time, Leaving leaving) {
    int place = place(id);
    if (place >= 0) {
      times[place] = Math.max(times[place], time);
      return;
    }
    if (size == most) {
      int last = last();
      if (!isNewer(id, time, last)) {
        return;
      }
      leaving.leaves(ids[last], times[last]);
      remove(last);
    }
    insert(~place(id), id, time);
  }

  private int place(String id) {
    return Arrays.binarySearch(ids, 0, size, id);
  }

  /** The place of the oldest; of equally old ones that of the greatest id, which stands last. */
  private int last() {
    int last = 0;
    for (int i = 1; i < size; i++) {
      if (times[i] <= times[last]) {
        last = i;
      }
    }
    return last;
  }

  private boolean isNewer(String id, long time, int than) {
    return time > times[than] || (time == times[than] && id.compareTo(ids[than]) < 0);
  }

  private void remove(int place) {
    size--;
    System.arraycopy(ids, place + 1, ids, place, size - place);
    System.arraycopy(times, place + 1, times, place, size - place);
  }

  private void insert(int place, String id, long time) {
    if (size == ids.length) {
      grow(Math.min(most, 2 * size));
    }
    System.arraycopy(ids, place, ids, place + 1, size - place);
    System.arraycopy(times, place, times, place + 1, size - place);
    ids[place] = id;
    times[place] = time;
    size++;
  }

  private void grow(int room) {
    ids = Arrays.copyOf(ids, room);
    times = Arrays.copyOf(times, room);
  }
}
