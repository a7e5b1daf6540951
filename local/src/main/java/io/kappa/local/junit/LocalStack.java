package io.kappa.local.junit;

import io.kappa.common.table.Identifier;
import io.kappa.local.Endpoints;
import io.kappa.local.Part;
import io.kappa.local.Stack;
import io.kappa.local.StackException;
import io.kappa.local.data.TopicCreation;
import io.kappa.local.kafka.KafkaBroker;
import io.kappa.local.postgres.Secrets;
import io.kappa.local.postgres.StoreSetup;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * JUnit extension that lends a real broker and a real PostgreSQL, and Flink's processes if asked
 * for, to a test class. One stack serves the whole JVM: it starts when first needed, in a temporary
 * directory on free ports, and ends with the tests, also failed ones. Each class finds the parts it
 * asked for running, also if an earlier one has killed them.
 *
 * <pre>{@code
 * @RegisterExtension static final LocalStack stack = LocalStack.brokerAndStore();
 * }</pre>
 */
public final class LocalStack implements BeforeAllCallback {

  private final Set<Part> parts;
  private SharedStack shared;

  private LocalStack(Set<Part> parts) {
    this.parts = parts;
  }

  /** Broker and PostgreSQL. */
  public static LocalStack brokerAndStore() {
    return new LocalStack(EnumSet.of(Part.KAFKA, Part.POSTGRES));
  }

  /** Broker, PostgreSQL, ZooKeeper, JobManager and TaskManager. */
  public static LocalStack withFlink() {
    return new LocalStack(EnumSet.allOf(Part.class));
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    shared =
        context
            .getRoot()
            .getStore(Namespace.create(LocalStack.class))
            .getOrComputeIfAbsent(SharedStack.class, key -> new SharedStack(), SharedStack.class);
    shared.up(parts);
  }

  /** The stack itself, for its processes. Whoever kills a part starts it again. */
  public Stack stack() {
    return shared.stack();
  }

  /** Where the parts answer. */
  public Endpoints endpoints() {
    return stack().endpoints().orElseThrow();
  }

  /** The broker as {@code host:port}. */
  public String bootstrapServers() {
    return endpoints().kafkaBootstrap();
  }

  /** A topic name that no other test has; the topic isn't created. */
  public String freshTopicName(String prefix) {
    return shared.fresh(prefix, '-');
  }

  /**
   * Creates a topic as Kappa's topics are: unlimited retention, {@code cleanup.policy=delete},
   * {@code LogAppendTime}, messages up to 16 MiB.
   *
   * @return its name
   */
  public String freshTopic(String prefix, int partitions) {
    return freshTopic(prefix, partitions, Map.of());
  }

  /** As {@link #freshTopic(String, int)}, with settings that differ. */
  public String freshTopic(String prefix, int partitions, Map<String, String> settings) {
    String name = freshTopicName(prefix);
    Map<String, String> all = new HashMap<>();
    all.put("cleanup.policy", "delete");
    all.put("retention.ms", "-1");
    all.put("retention.bytes", "-1");
    all.put("message.timestamp.type", "LogAppendTime");
    all.put("max.message.bytes", Integer.toString(KafkaBroker.MAX_MESSAGE_BYTES));
    all.putAll(settings);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
      NewTopic topic = new NewTopic(name, partitions, (short) 1).configs(all);
      admin.createTopics(List.of(topic)).all().get();
      TopicCreation.awaitPartitions(admin, name, partitions);
      return name;
    } catch (ExecutionException | TimeoutException e) {
      throw new StackException(
          "Topic %s can't be created (%s)".formatted(name, e), "is the broker up?", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("Interrupted while a topic was created", "run the test again", e);
    }
  }

  /** Creates a database that no other test has. */
  public TestDatabase freshDatabase() {
    Endpoints endpoints = endpoints();
    StoreSetup store = new StoreSetup(endpoints.jdbcUrl(), new Secrets(endpoints.secrets()));
    Identifier name = new Identifier(shared.fresh("test", '_'));
    store.create(name);
    return new TestDatabase(name.value(), store.jdbcUrl(name), endpoints.secrets());
  }
}
