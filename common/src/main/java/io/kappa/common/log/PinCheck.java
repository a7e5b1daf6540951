package io.kappa.common.log;

import io.kappa.common.sink.CommitGuard;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Holds the topics as they are now against the pins. Offsets alone don't tell a topic that was
 * deleted and made again from the one before; its id does, and ids never come back.
 *
 * <p>As a guard of the commit it is exact: the id is looked at after the records were read and
 * before they are made visible.
 */
public final class PinCheck implements CommitGuard {

  private static final long PATIENCE_SECONDS = 10;

  /** A broker that has just started may not know its topics yet. */
  private static final int MISSES_BELIEVED = 3;

  private final List<Pin> pins;
  private final KafkaAddress kafka;
  private final String job;
  private transient Admin admin;
  private transient int misses;

  public PinCheck(List<Pin> pins, KafkaAddress kafka, String job) {
    this.pins = List.copyOf(pins);
    this.kafka = kafka;
    this.job = job;
  }

  /**
   * Looks at all topics.
   *
   * @throws LogChangedException if one isn't what was pinned
   * @throws IOException if the broker didn't answer, or doesn't know a topic at the moment
   */
  @Override
  public void check() throws IOException {
    Map<String, TopicDescription> now = describe();
    for (Pin pin : pins) {
      compare(pin, now.get(pin.topic()));
    }
    misses = 0;
  }

  private Map<String, TopicDescription> describe() throws IOException {
    try {
      if (admin == null) {
        Properties properties = kafka.properties();
        admin = Admin.create(properties);
      }
      Collection<String> names = pins.stream().map(Pin::topic).toList();
      return admin.describeTopics(names).allTopicNames().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException && ++misses >= MISSES_BELIEVED) {
        throw new LogChangedException(
            "A topic of %s was deleted (%s): what the tables hold can't go on or be made again; %s"
                .formatted(job, topicNames(), remedy()),
            e);
      }
      throw new IOException("Kafka at %s didn't describe the topics".formatted(kafka), e);
    } catch (TimeoutException e) {
      throw new IOException("Kafka at %s didn't answer".formatted(kafka), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while asking Kafka", e);
    }
  }

  private void compare(Pin pin, TopicDescription now) {
    if (!now.topicId().toString().equals(pin.topicId())) {
      throw new LogChangedException(
          "Topic %s was re-created (id %s, expected %s): it is another log than the one the version was begun on; %s"
              .formatted(pin.topic(), now.topicId(), pin.topicId(), remedy()));
    }
    int partitions = now.partitions().size();
    if (partitions != pin.start().size()) {
      throw new LogChangedException(
          "Topic %s has %d partitions, and the version was begun on %d: keys have moved, and records of the others aren't read; %s"
              .formatted(pin.topic(), partitions, pin.start().size(), remedy()));
    }
  }

  private String remedy() {
    return "replay into a new version with `kappa replay %s`".formatted(job);
  }

  private String topicNames() {
    return String.join(", ", pins.stream().map(Pin::topic).toList());
  }

  @Override
  public void close() {
    if (admin != null) {
      admin.close(Duration.ZERO);
    }
  }
}
