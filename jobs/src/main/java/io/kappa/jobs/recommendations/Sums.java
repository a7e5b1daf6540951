package io.kappa.jobs.recommendations;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Adds numbers up by id. A hash table of two arrays: millions of sums are open at a time, and a
 * map's entries would take four times the room.
 */
final class Sums {

  private static final int FIRST_ROOM = 8;

  private String[] ids = new String[FIRST_ROOM];
  private long[] values = new long[FIRST_ROOM];
  private int size;

  /** So many ids have a sum, 0 included. */
  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  void add(String id, long value) {
    int place = place(id, ids);
    if (ids[place] != null) {
      values[place] += value;
      return;
    }
    ids[place] = id;
    values[place] = value;
    size++;
    if (2 * size > ids.length) {
      grow();
    }
  }

  void addAll(Cells cells) {
    for (int i = 0; i < cells.size(); i++) {
      add(cells.ids()[i], cells.values()[i]);
    }
  }

  private void grow() {
    String[] more = new String[2 * ids.length];
    long[] moved = new long[2 * ids.length];
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] != null) {
        int place = place(ids[i], more);
        more[place] = ids[i];
        moved[place] = values[i];
      }
    }
    ids = more;
    values = moved;
  }

  /** Where the id is, or would be. */
  private static int place(String id, String[] table) {
    int mask = table.length - 1;
    int hash = id.hashCode() * 0x9E3779B9; // ids are often numbered, and their hashes lie in a row
    int place = (hash ^ (hash >>> 15)) & mask;
    while (table[place] != null && !table[place].equals(id)) {
      place = (place + 1) & mask;
    }
    return place;
  }

  /** The sums that aren't 0, in no order. */
  Cells cells() {
    int[] places = places().toArray();
    return at(places);
  }

  /** The sums that aren't 0, sorted by id. */
  Cells sorted() {
    Integer[] places =
        places().boxed().sorted(Comparator.comparing(i -> ids[i])).toArray(Integer[]::new);
    return at(Arrays.stream(places).mapToInt(Integer::intValue).toArray());
  }

  private IntStream places() {
    return IntStream.range(0, ids.length).filter(i -> values[i] != 0);
  }

  private Cells at(int[] places) {
    String[] some = new String[places.length];
    long[] theirs = new long[places.length];
    for (int i = 0; i < places.length; i++) {
      some[i] = ids[places[i]];
      theirs[i] = values[places[i]];
    }
    return new Cells(some, theirs);
  }
}
