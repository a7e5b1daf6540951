package io.kappa.common.sink;

import io.kappa.common.table.Column;
import io.kappa.common.table.Table;

/** A row for tests of what becomes of rows. */
record Ride(String town, long day, long trips, String note) {

  static final Table<Ride> TABLE =
      Table.named("rides", Ride.class, "Trips")
          .key(Column.text("town", Ride::town, "where"))
          .key(Column.bigint("day", Ride::day, "when"))
          .column(Column.bigint("trips", Ride::trips, "how many"))
          .column(Column.text("note", Ride::note, "what was special"))
          .build();

  String key() {
    return town + "|" + day;
  }

  String text() {
    return key() + "|" + trips + "|" + (note == null ? "none" : note);
  }
}
