package io.kappa.local.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kappa.common.event.serde.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class GeneratorProducerTest {

  private static final Progress UNHEARD = (done, total, records) -> {};

  private final MockProducer<byte[], byte[]> broker = Broker.withTopic("activity");
  private final TestPace pace = new TestPace();
  private final GeneratorProducer sending = new GeneratorProducer(broker, Topics.ACTIVITY, pace);
  private final List<String> reports = new ArrayList<>();

  @Test
  void soManyRecordsAreSentInOrderWithReports() {
    long sent = sending.send(numbers(), 2500, () -> false, this::report);

    assertThat(sent).isEqualTo(2500);
    assertThat(Broker.records(broker))
        .isEqualTo(IntStream.range(0, 2500).mapToObj(i -> "k=" + i).toList());
    assertThat(reports).containsExactly("1000 of 2500", "2000 of 2500", "2500 of 2500");
    assertThat(broker.flushed()).isTrue();
  }

  @Test
  void atARateARecordIsSentWhenItIsDueAndNotBefore() {
    List<Long> times = new ArrayList<>();
    Iterator<Message> timed = recording(times);

    sending.sendAtRate(timed, 100, 300, () -> false, this::report);

    for (int i = 0; i < 300; i++) {
      long due = TimeUnit.MILLISECONDS.toNanos(10L * i);
      assertThat(times.get(i)).isBetween(due, due + TimeUnit.MILLISECONDS.toNanos(2));
    }
  }

  @Test
  void whatASlowMomentHeldUpIsSentRightAfterIt() {
    List<Long> times = new ArrayList<>();
    pace.stallsFor = TimeUnit.SECONDS.toNanos(1);

    sending.sendAtRate(recording(times), 100, 300, () -> false, this::report);

    assertThat(times.get(299)).isLessThan(TimeUnit.MILLISECONDS.toNanos(2995));
    assertThat(times.stream().filter(time -> time == pace.stalledUntil).count())
        .isBetween(99L, 101L);
  }

  @Test
  void withoutEndItRunsUntilItIsStopped() {
    long sent =
        sending.sendAtRate(
            numbers(), 40, Long.MAX_VALUE, () -> broker.history().size() >= 25, this::report);

    assertThat(sent).isEqualTo(25);
    assertThat(reports).containsExactly("10 of 0", "20 of 0", "25 of 0");
    assertThat(broker.flushed()).isTrue();
  }

  @Test
  void aRecordThatCannotBeWrittenEndsInAnError() {
    broker.sendException = new KafkaException("gone");

    assertThatThrownBy(() -> sending.send(numbers(), 10, () -> false, UNHEARD))
        .isInstanceOf(DataException.class);
    assertThatThrownBy(() -> sending.sendAtRate(numbers(), 10, 10, () -> false, UNHEARD))
        .isInstanceOf(DataException.class);
  }

  private void report(long done, long total, long records) {
    assertThat(records).isEqualTo(done);
    reports.add(done + " of " + total);
  }

  private static Iterator<Message> numbers() {
    return IntStream.iterate(0, i -> i + 1).mapToObj(GeneratorProducerTest::message).iterator();
  }

  private Iterator<Message> recording(List<Long> times) {
    Iterator<Message> numbers = numbers();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return true;
      }

      @Override
      public Message next() {
        times.add(pace.now);
        return numbers.next();
      }
    };
  }

  private static Message message(int number) {
    return new Message(
        "k".getBytes(StandardCharsets.UTF_8),
        Integer.toString(number).getBytes(StandardCharsets.UTF_8));
  }

  /** Time passes only while somebody rests; the first rest may take longer than asked for. */
  private static final class TestPace implements Pace {

    private long now;
    private long stallsFor;
    private long stalledUntil = -1;

    @Override
    public long nanos() {
      return now;
    }

    @Override
    public void rest(long nanos) {
      now += Math.max(nanos, stallsFor);
      if (stallsFor > 0) {
        stallsFor = 0;
        stalledUntil = now;
      }
    }
  }
}
