package io.kappa.peers.kafkastreams;

import java.util.Map;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.processor.internals.ProcessorNode;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;

/**
 * Runs something of a processor before each commit of its task, when the caches of Streams' own
 * stores are flushed: what it writes or forwards then is part of that commit. Holds nothing itself.
 */
final class CommitHook implements StateStore, CachedStateStore<Object, Object> {

  private final String name;
  private Runnable beforeCommit = () -> {};
  private boolean open;

  private CommitHook(String name) {
    this.name = name;
  }

  /** To be called in a processor's {@code init}. */
  static void set(ProcessorContext<?, ?> context, String name, Runnable beforeCommit) {
    CommitHook hook = context.getStateStore(name);
    InternalProcessorContext<?, ?> inner = (InternalProcessorContext<?, ?>) context;
    ProcessorNode<?, ?, ?, ?> own = inner.currentNode();
    hook.beforeCommit =
        () -> {
          ProcessorNode<?, ?, ?, ?> other = inner.currentNode();
          inner.setCurrentNode(own);
          try {
            beforeCommit.run();
          } finally {
            inner.setCurrentNode(other);
          }
        };
  }

  @Override
  public void flushCache() {
    beforeCommit.run();
  }

  @Override
  public boolean setFlushListener(
      CacheFlushListener<Object, Object> listener, boolean sendOldValues) {
    return false;
  }

  @Override
  public void clearCache() {}

  @Override
  public String name() {
    return name;
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    beforeCommit = () -> {};
    context.register(root, null);
    open = true;
  }

  @Override
  public void close() {
    open = false;
  }

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  /** Makes the hook of each task. */
  static final class Builder implements StoreBuilder<CommitHook> {

    private final String name;

    Builder(String name) {
      this.name = name;
    }

    @Override
    public CommitHook build() {
      return new CommitHook(name);
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public boolean loggingEnabled() {
      return false;
    }

    @Override
    public Map<String, String> logConfig() {
      return Map.of();
    }

    @Override
    public Builder withCachingEnabled() {
      return this;
    }

    @Override
    public Builder withCachingDisabled() {
      return this;
    }

    @Override
    public Builder withLoggingEnabled(Map<String, String> config) {
      throw new UnsupportedOperationException("there is nothing to log");
    }

    @Override
    public Builder withLoggingDisabled() {
      return this;
    }
  }
}
