package io.kappa.local.chaos;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * A proxy on loopback between a client and a server that can cut, refuse and delay, so that a test
 * can make the network fail at the moment it means.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class TcpProxy implements AutoCloseable {

  /** When a connection is cut, in relation to a message that goes to the server. */
  public enum Moment {
    /** The server never gets the message. */
    BEFORE,
    /** The server has done what the message says and has answered; the client never learns. */
    UNANSWERED
  }

  private TcpProxy() {}

  /** Listens on a free port of loopback and forwards to that server. */
  public static TcpProxy to(String host, int port) {
    throw new UnsupportedOperationException(host + port);
  }

  /** The port to connect to instead of the server's. */
  public int port() {
    throw new UnsupportedOperationException();
  }

  /** Resets all connections there are; new ones are accepted. */
  public void cut() {
    throw new UnsupportedOperationException();
  }

  /** Refuses new connections, or accepts them again. Those that exist stay. */
  public void refuse(boolean refuse) {
    throw new UnsupportedOperationException();
  }

  /** Holds each chunk back for so long, in both directions. */
  public void delay(Duration delay) {
    throw new UnsupportedOperationException();
  }

  /**
   * Cuts, once, the connection whose client sends a chunk that contains these bytes. pgjdbc sends
   * {@code COMMIT} as text each time only with {@code prepareThreshold=0}.
   *
   * @return completed when it has cut
   */
  public CompletableFuture<Void> cutAt(String bytes, Moment moment) {
    throw new UnsupportedOperationException();
  }

  /** As {@link #cutAt(String, Moment)} for chunks of which the predicate holds. */
  public CompletableFuture<Void> cutWhen(Predicate<byte[]> chunk, Moment moment) {
    throw new UnsupportedOperationException();
  }

  /** Stops listening and resets all connections. */
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
