package io.kappa.control.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kappa.common.table.Identifier;
import io.kappa.common.table.SqlType;
import io.kappa.common.table.TableShape;
import io.kappa.common.table.TableShape.ColumnShape;
import io.kappa.control.catalogue.ContractViews.Attached;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContractViewsTest {

  private static final Identifier JOB = new Identifier("activity-metrics");
  private static final ColumnShape ID = new ColumnShape("id", SqlType.TEXT, true, "which item");
  private static final ColumnShape N = new ColumnShape("n", SqlType.BIGINT, false, "how many");
  private static final ColumnShape DAY = new ColumnShape("day", SqlType.DATE, false, "it's when");

  private static Attached attached(int version, TableShape... tables) {
    return new Attached(version, new Identifier("activity_metrics_v" + version), List.of(tables));
  }

  private static TableShape table(String name, ColumnShape... columns) {
    return new TableShape(name, "what " + name + " holds", List.of(columns));
  }

  private static final String LIVE =
      "(SELECT live FROM kappa.pointer WHERE job = 'activity-metrics')";

  private static String loud(String columns, String versions) {
    return " UNION ALL (SELECT "
        + columns
        + " WHERE CASE WHEN coalesce("
        + LIVE
        + " IN ("
        + versions
        + "), true) THEN false ELSE kappa.refuse_detached('activity-metrics') END OFFSET 0)";
  }

  @Test
  void oneVersionMakesOneGuardedBranchAndOneForSnapshotsFromBefore() {
    ContractViews views =
        new ContractViews(JOB, List.of(attached(1, table("items", ID, N))), List.of());

    assertThat(views.views())
        .containsExactly(
            "CREATE OR REPLACE VIEW \"activity_metrics\".\"items\" AS SELECT \"id\", \"n\""
                + " FROM \"activity_metrics_v1\".\"items\" WHERE "
                + LIVE
                + " = 1"
                + loud("NULL::text AS \"id\", NULL::bigint AS \"n\"", "1"));
    assertThat(views.comments())
        .containsExactly(
            "COMMENT ON VIEW \"activity_metrics\".\"items\" IS 'what items holds'",
            "COMMENT ON COLUMN \"activity_metrics\".\"items\".\"id\" IS 'which item'",
            "COMMENT ON COLUMN \"activity_metrics\".\"items\".\"n\" IS 'how many'");
  }

  @Test
  void aColumnThatAVersionDoesNotHaveIsNullThere() {
    ContractViews views =
        new ContractViews(
            JOB,
            List.of(attached(1, table("items", ID, N)), attached(2, table("items", ID, DAY, N))),
            List.of());

    assertThat(views.views())
        .containsExactly(
            "CREATE OR REPLACE VIEW \"activity_metrics\".\"items\" AS"
                + " SELECT \"id\", \"n\", NULL::date AS \"day\""
                + " FROM \"activity_metrics_v1\".\"items\" WHERE "
                + LIVE
                + " = 1 UNION ALL SELECT \"id\", \"n\", \"day\""
                + " FROM \"activity_metrics_v2\".\"items\" WHERE "
                + LIVE
                + " = 2"
                + loud(
                    "NULL::text AS \"id\", NULL::bigint AS \"n\", NULL::date AS \"day\"", "1, 2"));
    assertThat(views.comments())
        .contains("COMMENT ON COLUMN \"activity_metrics\".\"items\".\"day\" IS 'it''s when'");
  }

  @Test
  void theColumnsOfAViewStayInTheirOrderWhenTheVersionThatBroughtThemGoes() {
    ContractViews views =
        new ContractViews(
            JOB, List.of(attached(2, table("items", ID, DAY, N))), List.of(table("items", ID, N)));

    assertThat(views.views().get(0))
        .startsWith(
            "CREATE OR REPLACE VIEW \"activity_metrics\".\"items\" AS"
                + " SELECT \"id\", \"n\", \"day\" FROM \"activity_metrics_v2\"");
  }

  @Test
  void aTableThatOnlyTheNewVersionHasIsEmptyWhileTheOldOneIsLive() {
    ContractViews views =
        new ContractViews(
            JOB,
            List.of(
                attached(1, table("items", ID, N)),
                attached(2, table("items", ID, N), table("days", DAY, N))),
            List.of());

    assertThat(views.views())
        .filteredOn(sql -> sql.contains("\"days\""))
        .containsExactly(
            "CREATE OR REPLACE VIEW \"activity_metrics\".\"days\" AS SELECT \"day\", \"n\""
                + " FROM \"activity_metrics_v2\".\"days\" WHERE "
                + LIVE
                + " = 2"
                + loud("NULL::date AS \"day\", NULL::bigint AS \"n\"", "1, 2"));
  }

  @Test
  void aColumnOfAnotherTypeNeedsATableOfAnotherName() {
    ColumnShape text = new ColumnShape("n", SqlType.TEXT, false, "how many");

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ContractViews(
                    JOB,
                    List.of(
                        attached(1, table("items", ID, N)), attached(2, table("items", ID, text))),
                    List.of()))
        .withMessage(
            "activity_metrics.items.n is bigint in one version and text in another;"
                + " give the table a new name");
  }
}
