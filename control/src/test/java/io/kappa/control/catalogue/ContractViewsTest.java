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

  @Test
  void oneVersionMakesOneGuardedBranch() {
    ContractViews views = new ContractViews(JOB, List.of(attached(1, table("items", ID, N))));

    assertThat(views.statements())
        .containsExactly(
            "CREATE OR REPLACE VIEW \"activity_metrics\".\"items\" AS SELECT \"id\", \"n\""
                + " FROM \"activity_metrics_v1\".\"items\""
                + " WHERE (SELECT live FROM kappa.pointer WHERE job = 'activity-metrics') = 1",
            "COMMENT ON VIEW \"activity_metrics\".\"items\" IS 'what items holds'",
            "COMMENT ON COLUMN \"activity_metrics\".\"items\".\"id\" IS 'which item'",
            "COMMENT ON COLUMN \"activity_metrics\".\"items\".\"n\" IS 'how many'");
  }

  @Test
  void aColumnThatAVersionDoesNotHaveIsNullThere() {
    ContractViews views =
        new ContractViews(
            JOB,
            List.of(attached(1, table("items", ID, N)), attached(2, table("items", ID, DAY, N))));

    assertThat(views.statements().get(0))
        .isEqualTo(
            "CREATE OR REPLACE VIEW \"activity_metrics\".\"items\" AS"
                + " SELECT \"id\", \"n\", NULL::date AS \"day\""
                + " FROM \"activity_metrics_v1\".\"items\""
                + " WHERE (SELECT live FROM kappa.pointer WHERE job = 'activity-metrics') = 1"
                + " UNION ALL SELECT \"id\", \"n\", \"day\""
                + " FROM \"activity_metrics_v2\".\"items\""
                + " WHERE (SELECT live FROM kappa.pointer WHERE job = 'activity-metrics') = 2");
    assertThat(views.statements())
        .contains("COMMENT ON COLUMN \"activity_metrics\".\"items\".\"day\" IS 'it''s when'");
  }

  @Test
  void aTableThatOnlyTheNewVersionHasIsEmptyWhileTheOldOneIsLive() {
    ContractViews views =
        new ContractViews(
            JOB,
            List.of(
                attached(1, table("items", ID, N)),
                attached(2, table("items", ID, N), table("days", DAY, N))));

    assertThat(views.statements())
        .filteredOn(sql -> sql.startsWith("CREATE") && sql.contains("\"days\""))
        .containsExactly(
            "CREATE OR REPLACE VIEW \"activity_metrics\".\"days\" AS SELECT \"day\", \"n\""
                + " FROM \"activity_metrics_v2\".\"days\""
                + " WHERE (SELECT live FROM kappa.pointer WHERE job = 'activity-metrics') = 2");
  }

  @Test
  void aColumnOfAnotherTypeNeedsATableOfAnotherName() {
    ColumnShape text = new ColumnShape("n", SqlType.TEXT, false, "how many");
    ContractViews views =
        new ContractViews(
            JOB,
            List.of(attached(1, table("items", ID, N)), attached(2, table("items", ID, text))));

    assertThatIllegalArgumentException()
        .isThrownBy(views::statements)
        .withMessage(
            "activity_metrics.items.n is bigint in one version and text in another;"
                + " give the table a new name");
  }
}
