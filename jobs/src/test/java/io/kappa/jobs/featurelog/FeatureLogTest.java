package io.kappa.jobs.featurelog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kappa.common.event.serde.Topics;
import io.kappa.common.job.Input;
import io.kappa.common.job.JobDefinition;
import io.kappa.common.job.Parameters;
import io.kappa.common.job.StandardParameters;
import io.kappa.common.table.Column;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** What the job says about itself. */
class FeatureLogTest {

  private final FeatureLog job = new FeatureLog();

  @Test
  void theJobIsFoundByItsService() {
    assertThat(ServiceLoader.load(JobDefinition.class))
        .filteredOn(found -> found.name().equals("feature-log"))
        .singleElement()
        .isInstanceOf(FeatureLog.class);
  }

  @Test
  void aRowIsATransactionWithItsFeaturesAndItsLabel() {
    assertThat(job.tables()).containsExactly(TrainingExample.TABLE);
    assertThat(TrainingExample.TABLE.columns().stream().map(Column::name))
        .startsWith("transaction_id", "account_id", "at")
        .contains(
            "account_transactions_7d",
            "account_mean_cents_30d",
            "terminal_fraud_share_1d",
            "weekend")
        .endsWith("label", "labelled_at")
        .hasSize(31);
  }

  @Test
  void itReadsTransactionsAndLabels() {
    assertThat(job.inputs(parameters(Map.of())).stream().<Object>map(Input::topic))
        .containsExactly(Topics.TRANSACTIONS, Topics.LABELS);
  }

  @Test
  void nothingIsWaitedForLongerThanAQuarter() {
    assertThatThrownBy(() -> parameters(Map.of("label-horizon", "91d", "delay", "3000h")))
        .hasMessage(
            "1) label-horizon=91d: allowed is 0 to 90d; 2) delay=3000h: allowed is 0 to 90d");
  }

  private Parameters parameters(Map<String, String> given) {
    return Parameters.read(StandardParameters.with(job), given);
  }
}
