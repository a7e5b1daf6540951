package io.kappa.common.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.runtime.metrics.groups.InternalSourceReaderMetricGroup;
import org.apache.flink.util.UserCodeClassLoader;
import org.junit.jupiter.api.Test;

class FetchLagTest {

  private final FetchLag lag = new FetchLag();
  private final Context flinks = new Context();

  @Test
  void itIsWhatTheReaderGivesAsItsMetric() {
    SourceReaderContext context = lag.overhear(flinks);
    assertThat(lag.getAsLong()).isZero();

    context.metricGroup().setPendingRecordsGauge(() -> 42L);

    assertThat(lag.getAsLong()).isEqualTo(42);
  }

  @Test
  void allElseGoesToFlinksContext() {
    SourceReaderContext context = lag.overhear(flinks);

    context.sendSplitRequest();

    assertThat(flinks.requests).isEqualTo(1);
    assertThat(context.getIndexOfSubtask()).isEqualTo(flinks.getIndexOfSubtask());
    assertThat(context.metricGroup().getIOMetricGroup()).isNotNull();
  }

  @Test
  void whatItThrowsComesAsItIs() {
    SourceReaderContext context = lag.overhear(flinks);

    assertThatThrownBy(context::currentParallelism)
        .isInstanceOf(UnsupportedOperationException.class);
  }

  private static final class Context implements SourceReaderContext {

    private final SourceReaderMetricGroup metrics =
        InternalSourceReaderMetricGroup.mock(new UnregisteredMetricsGroup());
    private int requests;

    @Override
    public SourceReaderMetricGroup metricGroup() {
      return metrics;
    }

    @Override
    public Configuration getConfiguration() {
      return new Configuration();
    }

    @Override
    public String getLocalHostName() {
      return "localhost";
    }

    @Override
    public int getIndexOfSubtask() {
      return 3;
    }

    @Override
    public void sendSplitRequest() {
      requests++;
    }

    @Override
    public void sendSourceEventToCoordinator(SourceEvent event) {}

    @Override
    public UserCodeClassLoader getUserCodeClassLoader() {
      throw new IllegalStateException("not asked for");
    }
  }
}
