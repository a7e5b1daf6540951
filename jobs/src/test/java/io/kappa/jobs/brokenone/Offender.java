package io.kappa.jobs.brokenone;

import io.kappa.common.log.EventTimeRule;
import io.kappa.jobs.brokentwo.OtherOffenderImpl;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Breaks every wall, so that the tests can see that each is there. */
public final class Offender {

  OtherOffenderImpl other;
  Connection connection;
  EventTimeRule rule;

  long clock() {
    return System.currentTimeMillis() + Instant.now().toEpochMilli() + Clock.systemUTC().millis();
  }

  double chance() {
    return new Random().nextDouble() + Math.random() + UUID.randomUUID().hashCode();
  }

  void timer(TimerService timers) {
    timers.registerProcessingTimeTimer(1);
  }

  void run(StreamExecutionEnvironment env) throws Exception {
    env.execute();
  }
}
