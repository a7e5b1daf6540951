package io.kappa.local.junit;

import io.kappa.local.Endpoints;
import io.kappa.local.Stack;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * JUnit extension that lends a real broker and a real PostgreSQL, and Flink's processes if asked
 * for, to a test class. One stack serves the whole JVM: it starts when first needed, in a temporary
 * directory on free ports, and ends with the tests, also failed ones.
 *
 * <pre>{@code
 * @RegisterExtension static final LocalStack stack = LocalStack.brokerAndStore();
 * }</pre>
 */
@SuppressWarnings("DoNotCallSuggester")
public final class LocalStack implements BeforeAllCallback {

  private LocalStack() {}

  /** Broker and PostgreSQL. */
  public static LocalStack brokerAndStore() {
    return new LocalStack();
  }

  /** Broker, PostgreSQL, ZooKeeper, JobManager and TaskManager. */
  public static LocalStack withFlink() {
    return new LocalStack();
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    throw new UnsupportedOperationException();
  }

  /** The stack itself, for its processes. Whoever kills a part starts it again. */
  public Stack stack() {
    throw new UnsupportedOperationException();
  }

  /** Where the parts answer. */
  public Endpoints endpoints() {
    throw new UnsupportedOperationException();
  }

  /** The broker as {@code host:port}. */
  public String bootstrapServers() {
    return endpoints().kafkaBootstrap();
  }

  /** A topic name that no other test has; the topic isn't created. */
  public String freshTopicName(String prefix) {
    throw new UnsupportedOperationException();
  }

  /**
   * Creates a topic as Kappa's topics are: unlimited retention, {@code cleanup.policy=delete},
   * {@code LogAppendTime}, messages up to 16 MiB.
   *
   * @return its name
   */
  public String freshTopic(String prefix, int partitions) {
    throw new UnsupportedOperationException();
  }

  /** Creates a database that no other test has. */
  public TestDatabase freshDatabase() {
    throw new UnsupportedOperationException();
  }
}
