package io.kappa.jobs.activitymetrics;

import static io.kappa.jobs.activitymetrics.ActivityBuilder.millis;
import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.common.job.Change;
import io.kappa.jobs.script.CollectedOutput;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link CountryMetrics} makes of the shares that it's sent. */
class CountryMetricsTest {

  private static final long NOON = millis("2024-05-01T12:00:00Z");
  private static final long ONE = millis("2024-05-01T13:00:00Z");

  private final CollectedOutput<Change<CountryHourly>> output = new CollectedOutput<>();
  private KeyedOneInputStreamOperatorTestHarness<String, CountryHourly, Change<CountryHourly>>
      flinks;

  @BeforeEach
  void open() throws Exception {
    flinks =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new CountryMetrics()), CountryHourly::country, Types.STRING);
    flinks.setOutputCreator(serializer -> output);
    flinks.open();
  }

  @AfterEach
  void close() throws Exception {
    flinks.close();
  }

  @Test
  void sharesAddUpByCountryAndHour() throws Exception {
    give(new CountryHourly("NO", NOON, 2, 30));
    give(new CountryHourly("NO", ONE, 1, 7));
    give(new CountryHourly("SE", NOON, 1, 5));
    give(new CountryHourly("NO", NOON, 3, -10));

    assertThat(output.sent())
        .containsExactly(
            Change.upsert(new CountryHourly("NO", NOON, 2, 30)),
            Change.upsert(new CountryHourly("NO", ONE, 1, 7)),
            Change.upsert(new CountryHourly("SE", NOON, 1, 5)),
            Change.upsert(new CountryHourly("NO", NOON, 5, 20)));
  }

  @Test
  void nothingIsLeftOfAnHourBehindTheWatermark() throws Exception {
    give(new CountryHourly("NO", NOON, 2, 30));
    give(new CountryHourly("NO", ONE, 1, 7));

    flinks.processWatermark(ONE - 2);
    assertThat(flinks.numEventTimeTimers()).isEqualTo(2);
    flinks.processWatermark(ONE - 1);
    assertThat(flinks.numEventTimeTimers()).isEqualTo(1);
    flinks.processWatermark(new Watermark(Long.MAX_VALUE));

    assertThat(flinks.numEventTimeTimers()).isEqualTo(0);
    assertThat(flinks.numKeyedStateEntries()).isEqualTo(0);
  }

  private void give(CountryHourly share) throws Exception {
    flinks.processElement(new StreamRecord<>(share));
  }
}
