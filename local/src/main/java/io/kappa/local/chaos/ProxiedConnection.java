package io.kappa.local.chaos;

import io.kappa.local.chaos.TcpProxy.Moment;
import io.kappa.local.chaos.TcpProxy.Trap;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/** One client's connection through a {@link TcpProxy}: a thread for each direction. */
final class ProxiedConnection {

  private static final int CHUNK = 1 << 16;

  private final TcpProxy proxy;
  private final Socket client;
  private final Socket server;
  private volatile Trap unanswered;

  ProxiedConnection(TcpProxy proxy, Socket client, Socket server) {
    this.proxy = proxy;
    this.client = client;
    this.server = server;
  }

  void start() {
    daemon("proxy-out-" + proxy.port(), () -> pump(client, server, this::toServer));
    daemon("proxy-in-" + proxy.port(), () -> pump(server, client, this::toClient));
  }

  /** Ends both sides at once, without a goodbye. */
  void reset() {
    reset(client);
    reset(server);
    proxy.forget(this);
  }

  static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // It is closed already, which is what was wanted.
      return;
    }
  }

  static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private interface Forward {
    /** Passes the chunk on, or cuts; false when the connection is over. */
    boolean accept(byte[] chunk, OutputStream out) throws IOException;
  }

  private boolean toServer(byte[] chunk, OutputStream out) throws IOException {
    Trap trap = proxy.sprungBy(chunk);
    if (trap == null) {
      out.write(chunk);
      return true;
    }
    if (trap.moment() == Moment.BEFORE) {
      cut(trap);
      return false;
    }
    // From now on the server's answers aren't passed back; the first of them cuts.
    unanswered = trap;
    out.write(chunk);
    return true;
  }

  private boolean toClient(byte[] chunk, OutputStream out) throws IOException {
    if (unanswered != null) {
      cut(unanswered);
      return false;
    }
    out.write(chunk);
    return true;
  }

  private void cut(Trap trap) {
    reset();
    trap.sprung().complete(null);
  }

  private void pump(Socket from, Socket to, Forward forward) {
    byte[] buffer = new byte[CHUNK];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        hold();
        if (!forward.accept(Arrays.copyOf(buffer, length), out)) {
          return;
        }
      }
      to.shutdownOutput();
    } catch (IOException e) {
      reset();
    } finally {
      finish();
    }
  }

  private void hold() {
    long nanos = proxy.delay().toNanos();
    if (nanos > 0) {
      LockSupport.parkNanos(nanos);
    }
  }

  /** When both directions are through, the sockets are closed the ordinary way. */
  private void finish() {
    if ((client.isInputShutdown() || client.isClosed() || client.isOutputShutdown())
        && (server.isInputShutdown() || server.isClosed() || server.isOutputShutdown())) {
      close(client);
      close(server);
      proxy.forget(this);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      reset(socket);
    }
  }
}
