package io.kappa.jobs.recommendations;

import java.util.Arrays;

/**
 * A number for each of some ids. As state the ids are sorted and no number is 0, so that equal
 * contents are equal bytes; on its way between operators it's in any order. Two arrays, as that's
 * the smallest form on the heap and on disk.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed once built
public record Cells(String[] ids, long[] values) {

  static final Cells NONE = new Cells(new String[0], new long[0]);

  /** Told of an id's number before and after; 0 where it has none. */
  @FunctionalInterface
  interface Step {
    void take(String id, long before, long after);
  }

  int size() {
    return ids.length;
  }

  /** The number of an id, 0 where it has none; of sorted cells only. */
  long value(String id) {
    int place = Arrays.binarySearch(ids, id);
    return place < 0 ? 0 : values[place];
  }

  /**
   * These sorted cells and the sums, added up.
   *
   * @return sorted, without zeros
   */
  Cells plus(Sums sums) {
    Cells more = sums.sorted();
    if (more.size() == 0) {
      return this;
    }
    int[] places = places(more);
    int fresh = (int) Arrays.stream(places).filter(place -> place < 0).count();
    Merge merge = new Merge(size() + fresh);
    int from = 0;
    for (int k = 0; k < more.size(); k++) {
      int place = places[k];
      int until = place < 0 ? ~place : place;
      merge.copy(this, from, until);
      if (place < 0) {
        merge.add(more.ids[k].intern(), more.values[k]); // millions of cells have few ids
      } else {
        merge.add(ids[place], values[place] + more.values[k]);
      }
      from = place < 0 ? until : until + 1;
    }
    merge.copy(this, from, size());
    return merge.cells();
  }

  /** Where each of the other ones' ids is here, or as a negative number where it would be. */
  private int[] places(Cells sorted) {
    int[] places = new int[sorted.size()];
    int from = 0;
    for (int k = 0; k < places.length; k++) {
      places[k] = Arrays.binarySearch(ids, from, ids.length, sorted.ids[k]);
      from = places[k] < 0 ? ~places[k] : places[k];
    }
    return places;
  }

  /** Goes through all ids that either of two sorted cells has. */
  static void compare(Cells before, Cells after, Step step) {
    int i = 0;
    int k = 0;
    while (i < before.size() || k < after.size()) {
      int order = order(before, i, after, k);
      String id = order <= 0 ? before.ids[i] : after.ids[k];
      step.take(id, order <= 0 ? before.values[i] : 0, order >= 0 ? after.values[k] : 0);
      i += order <= 0 ? 1 : 0;
      k += order >= 0 ? 1 : 0;
    }
  }

  private static int order(Cells before, int i, Cells after, int k) {
    if (i == before.size()) {
      return 1;
    }
    return k == after.size() ? -1 : before.ids[i].compareTo(after.ids[k]);
  }

  /** Sorted cells in the making. */
  private static final class Merge {

    private final String[] ids;
    private final long[] values;
    private int size;

    Merge(int room) {
      ids = new String[room];
      values = new long[room];
    }

    void copy(Cells cells, int from, int until) {
      System.arraycopy(cells.ids, from, ids, size, until - from);
      System.arraycopy(cells.values, from, values, size, until - from);
      size += until - from;
    }

    void add(String id, long value) {
      if (value != 0) {
        ids[size] = id;
        values[size] = value;
        size++;
      }
    }

    Cells cells() {
      return size == ids.length
          ? new Cells(ids, values)
          : new Cells(Arrays.copyOf(ids, size), Arrays.copyOf(values, size));
    }
  }
}
