package io.kappa.common.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableSqlTest {

  private record Ride(String city, long at, Long cents) {}

  private static final Table<Ride> RIDES =
      Table.named("rides", Ride.class, "What a city's rides cost")
          .key(Column.text("city", Ride::city, "Where"))
          .key(Column.timestamp("at", Ride::at, "When"))
          .column(Column.bigint("cents", Ride::cents, "The price"))
          .build();

  @Test
  void aTableIsMadeWithItsKeyAndItsComments() {
    assertThat(new TableSql(new Identifier("trips_v1"), RIDES.shape()).create())
        .isEqualTo(
            List.of(
                "CREATE TABLE \"trips_v1\".\"rides\" (\"city\" text NOT NULL, \"at\" timestamptz NOT NULL,"
                    + " \"cents\" bigint, PRIMARY KEY (\"city\", \"at\"))",
                "COMMENT ON TABLE \"trips_v1\".\"rides\" IS 'What a city''s rides cost'",
                "COMMENT ON COLUMN \"trips_v1\".\"rides\".\"city\" IS 'Where'",
                "COMMENT ON COLUMN \"trips_v1\".\"rides\".\"at\" IS 'When'",
                "COMMENT ON COLUMN \"trips_v1\".\"rides\".\"cents\" IS 'The price'"));
  }

  @Test
  void nothingBecomesANameThatIsNone() {
    for (String name : List.of("", "Rides", "1st", "a\"b", "a b", "a;", "a".repeat(42))) {
      assertThatThrownBy(() -> new Identifier(name)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aTableWithoutAKeyIsRefused() {
    assertThatThrownBy(
            () ->
                Table.named("rides", Ride.class, "")
                    .column(Column.bigint("cents", Ride::cents, ""))
                    .build())
        .hasMessage("Table rides needs a key and at least one more column");
  }

  @Test
  void aColumnThatIsThereTwiceIsRefused() {
    assertThatThrownBy(
            () ->
                Table.named("rides", Ride.class, "")
                    .key(Column.text("city", Ride::city, ""))
                    .column(Column.text("city", Ride::city, ""))
                    .build())
        .hasMessage("Table rides has two columns called city");
  }
}
