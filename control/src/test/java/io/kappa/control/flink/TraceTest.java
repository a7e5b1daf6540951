package io.kappa.control.flink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TraceTest {

  @Test
  void whatMainSaidIsWhatCounts() {
    assertThat(
            new Trace(
                    """
                    org.apache.flink.runtime.rest.handler.RestHandlerException: Could not execute application.
                    \tat org.apache.flink.runtime.webmonitor.handlers.JarRunHandler.lambda$1(JarRunHandler.java:114)
                    Caused by: java.util.concurrent.CompletionException: org.apache.flink.util.FlinkRuntimeException: Could not execute application.
                    \t... 2 more
                    Caused by: org.apache.flink.client.program.ProgramInvocationException: The main method caused an error: There is no job 'x'; there is activity-metrics
                    \tat org.apache.flink.client.program.PackagedProgram.callMainMethod(PackagedProgram.java:371)
                    Caused by: java.lang.IllegalArgumentException: There is no job 'x'; there is activity-metrics
                    \tat io.kappa.common.job.run.JobCatalog.named(JobCatalog.java:40)
                    """)
                .cause())
        .contains("There is no job 'x'; there is activity-metrics");
  }

  @Test
  void whatKappaItselfSaidCountsMoreThanWhatIsAroundIt() {
    assertThat(
            new Trace(
                    """
                    org.apache.flink.runtime.execution.SuppressRestartsException: Unrecoverable failure.
                    \tat io.kappa.common.sink.LedgerCommitter.commit(LedgerCommitter.java:60)
                    Caused by: io.kappa.common.sink.LedgerConflictException: The serving store isn't where v1 left it; replay
                    \tat io.kappa.common.sink.LedgerStore.commit(LedgerStore.java:50)
                    Caused by: java.lang.IllegalStateException: inner
                    """)
                .cause())
        .contains("The serving store isn't where v1 left it; replay");
  }

  @Test
  void elseTheInnermostCauseCounts() {
    assertThat(
            new Trace(
                    """
                    java.io.IOException: commit failed
                    \tat a.b.C.d(C.java:1)
                    Caused by: org.postgresql.util.PSQLException: Connection to 127.0.0.1:5432 refused.
                    \tat org.postgresql.Driver.connect(Driver.java:1)
                    Caused by: java.net.ConnectException: Connection refused
                    \tat java.base/sun.nio.ch.Net.pollConnect(Native Method)
                    """)
                .cause())
        .contains("ConnectException: Connection refused");
  }

  @Test
  void aTraceWithoutAnExceptionHasNoCause() {
    assertThat(new Trace("Internal server error.\n").cause()).isEmpty();
  }
}
