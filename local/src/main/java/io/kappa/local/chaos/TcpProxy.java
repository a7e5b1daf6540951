package io.kappa.local.chaos;

import io.kappa.local.StackException;
import io.kappa.local.process.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A proxy on loopback between clients and a server that can cut, refuse and delay, so that a test
 * can make the network fail at the moment it means.
 */
public final class TcpProxy implements AutoCloseable {

  /** When a connection is cut, in relation to a chunk that goes to the server. */
  public enum Moment {
    /** The server never gets the chunk. */
    BEFORE,
    /** The server has done what the chunk says and has answered; the client never learns. */
    UNANSWERED
  }

  /** Waits for a chunk, and cuts there once. */
  record Trap(Predicate<byte[]> chunk, Moment moment, CompletableFuture<Void> sprung) {}

  private static final Logger LOG = LoggerFactory.getLogger(TcpProxy.class);
  private static final String LOOPBACK = "127.0.0.1";

  private final InetSocketAddress server;
  private final int port;
  private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicReference<Trap> trap = new AtomicReference<>();
  private volatile Duration delay = Duration.ZERO;
  private ServerSocket listener;

  private TcpProxy(InetSocketAddress server) {
    this.server = server;
    this.port = FreePort.pick(LOOPBACK);
    listen();
  }

  /** Listens on a free port of loopback and forwards to that server. */
  public static TcpProxy to(String host, int port) {
    return new TcpProxy(new InetSocketAddress(host, port));
  }

  /** The port to connect to instead of the server's. */
  public int port() {
    return port;
  }

  /** Resets all connections there are; new ones are accepted. */
  public void cut() {
    connections.forEach(ProxiedConnection::reset);
  }

  /** Refuses new connections, or accepts them again. Those that exist stay. */
  public synchronized void refuse(boolean refuse) {
    if (!refuse && listener.isClosed()) {
      listen();
    } else if (refuse) {
      stopListening();
    }
  }

  /** Holds each chunk back for so long, in both directions. */
  public void delay(Duration delay) {
    this.delay = delay;
  }

  /**
   * Cuts, once, the connection whose client sends a chunk that contains this ASCII text. pgjdbc
   * sends {@code COMMIT} as text each time only with {@code prepareThreshold=0}. A second call
   * replaces what the first waits for.
   *
   * @return completed when it has cut
   */
  public CompletableFuture<Void> cutAt(String text, Moment moment) {
    return cutWhen(chunk -> new String(chunk, StandardCharsets.ISO_8859_1).contains(text), moment);
  }

  /** As {@link #cutAt(String, Moment)} for chunks of which the predicate holds. */
  public CompletableFuture<Void> cutWhen(Predicate<byte[]> chunk, Moment moment) {
    CompletableFuture<Void> sprung = new CompletableFuture<>();
    trap.set(new Trap(chunk, moment, sprung));
    return sprung;
  }

  /** Stops listening and resets all connections. */
  @Override
  public synchronized void close() {
    stopListening();
    cut();
  }

  Duration delay() {
    return delay;
  }

  /** The trap, if this chunk springs it; it then is nobody else's. */
  Trap sprungBy(byte[] chunk) {
    Trap armed = trap.get();
    boolean springs = armed != null && armed.chunk().test(chunk);
    return springs && trap.compareAndSet(armed, null) ? armed : null;
  }

  void forget(ProxiedConnection connection) {
    connections.remove(connection);
  }

  private void listen() {
    try {
      listener = new ServerSocket();
      listener.setReuseAddress(true);
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new StackException(
          "The proxy can't listen on port %d".formatted(port), "run the test again", e);
    }
    ServerSocket accepting = listener;
    ProxiedConnection.daemon("proxy-accept-" + port, () -> accept(accepting));
  }

  private void accept(ServerSocket accepting) {
    while (!accepting.isClosed()) {
      try {
        open(accepting.accept());
      } catch (IOException e) {
        // Closed by refuse or close, which the loop sees; or this client has gone again.
        LOG.debug("proxy on port {} accepts: {}", port, e.getMessage());
      }
    }
  }

  private void open(Socket client) throws IOException {
    Socket upstream = new Socket();
    try {
      upstream.connect(server);
    } catch (IOException e) {
      ProxiedConnection.reset(upstream);
      ProxiedConnection.reset(client);
      return;
    }
    client.setTcpNoDelay(true);
    upstream.setTcpNoDelay(true);
    ProxiedConnection connection = new ProxiedConnection(this, client, upstream);
    connections.add(connection);
    connection.start();
  }

  private void stopListening() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new StackException(
          "The proxy can't stop listening on port %d".formatted(port), "run the test again", e);
    }
  }
}
