package io.kappa.control.catalogue;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kappa.common.table.SqlType;
import io.kappa.common.table.TableShape;
import io.kappa.common.table.TableShape.ColumnShape;
import io.kappa.control.Refusal;
import io.kappa.control.TestStore;
import io.kappa.control.version.VersionName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContractTest {

  private static final VersionName V2 = new VersionName(TestStore.JOB, 2);
  private static final Contract CONTRACT =
      new Contract(
          TestStore.JOB,
          List.of(table("items", "id text", "n bigint")),
          Map.of("items", List.of("id")));

  /** A table from {@code name type} a column; {@code key} behind it puts it into the key. */
  private static TableShape table(String name, String... columns) {
    return new TableShape(
        name,
        "",
        Arrays.stream(columns)
            .map(column -> column.split(" ", 3))
            .map(
                c ->
                    new ColumnShape(
                        c[0], SqlType.valueOf(c[1].toUpperCase(Locale.ROOT)), c.length == 3, ""))
            .toList());
  }

  @Test
  void tablesAndColumnsMayBeAddedAnywhere() {
    assertThatCode(
            () ->
                CONTRACT.refuseIncompatible(
                    V2,
                    List.of(
                        table("items", "id text key", "day date", "n bigint"),
                        table("days", "day date key", "n bigint"))))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "other; id text key; n bigint; table items is gone",
        "items; id text key; m bigint; column items.n is gone",
        "items; id text key; n text; column items.n is text, readers know it as bigint",
        "items; id text key; n bigint key; the key of items is (id, n), readers know (id)",
      })
  void whatReadersWouldLoseIsRefused(String name, String one, String other, String why) {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> CONTRACT.refuseIncompatible(V2, List.of(table(name, one, other))))
        .withMessage(
            "activity-metrics v2 breaks what readers query in schema activity_metrics: " + why);
  }

  @Test
  void allThatIsBrokenIsSaidAtOnce() {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> CONTRACT.refuseIncompatible(V2, List.of(table("items", "id bigint key"))))
        .withMessageEndingWith(
            ": column items.id is bigint, readers know it as text; column items.n is gone");
  }
}
