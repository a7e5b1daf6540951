package io.kappa.local.process;

import io.kappa.local.StackException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Finds ports to listen on, and says whether one can be listened on. */
public final class FreePort {

  // Below the range from which systems take the ports of outgoing connections: one of those could
  // sit on a killed part's port, and a client that retries could even connect to itself.
  private static final int FIRST = 20_000;
  private static final int AFTER_LAST = 32_000;
  private static final int TRIES = 200;

  // A process listens seconds after it was told where; until then its port looks free.
  private static final Set<Integer> PROMISED = ConcurrentHashMap.newKeySet();

  private FreePort() {}

  /** Says that a port is somebody's, who may not listen on it yet: {@link #pick} won't give it. */
  public static void promise(int port) {
    PROMISED.add(port);
  }

  /** A port that nothing listens on, and that nobody in this process was given or promised. */
  public static int pick(String host) {
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, AFTER_LAST);
      if (isFree(host, port) && PROMISED.add(port)) {
        return port;
      }
    }
    throw new StackException(
        "No free port on %s in %d tries between %d and %d"
            .formatted(host, TRIES, FIRST, AFTER_LAST),
        "set the ports one by one");
  }

  /** Whether the port can be listened on now. */
  public static boolean isFree(String host, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether something accepts connections there. */
  public static boolean accepts(String host, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
