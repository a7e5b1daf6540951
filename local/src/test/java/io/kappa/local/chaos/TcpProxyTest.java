package io.kappa.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kappa.local.chaos.TcpProxy.Moment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpProxyTest {

  private final Echo server = new Echo();
  private TcpProxy proxy;

  @BeforeEach
  void startProxy() {
    proxy = TcpProxy.to("127.0.0.1", server.port());
  }

  @AfterEach
  void stopBoth() throws Exception {
    proxy.close();
    server.close();
  }

  @Test
  void whatIsSentArrivesAndIsAnswered() throws Exception {
    try (Client client = new Client(proxy.port())) {
      client.send("SELECT 1");

      assertThat(client.answer()).isEqualTo("did SELECT 1");
      assertThat(server.heard()).isEqualTo("SELECT 1");
    }
  }

  @Test
  void aCutResetsWhatIsOpenAndAcceptsAnew() throws Exception {
    try (Client one = new Client(proxy.port());
        Client other = new Client(proxy.port())) {
      // Answered, so the proxy has them: who merely connected may still wait to be accepted.
      for (Client open : List.of(one, other)) {
        open.send("one");
        assertThat(open.answer()).isEqualTo("did one");
      }

      proxy.cut();

      assertThatThrownBy(one::answer).isInstanceOf(SocketException.class);
      assertThatThrownBy(other::answer).isInstanceOf(SocketException.class);
    }
    try (Client anew = new Client(proxy.port())) {
      anew.send("two");
      assertThat(anew.answer()).isEqualTo("did two");
    }
  }

  @Test
  void whileItRefusesOpenConnectionsGoOnAndNewOnesAreRefused() throws Exception {
    try (Client open = new Client(proxy.port())) {
      open.send("one");
      assertThat(open.answer()).isEqualTo("did one");

      proxy.refuse(true);

      open.send("two");
      assertThat(open.answer()).isEqualTo("did two");
      assertThatThrownBy(() -> new Client(proxy.port())).isInstanceOf(ConnectException.class);
    }
    proxy.refuse(false);
    try (Client anew = new Client(proxy.port())) {
      anew.send("three");
      assertThat(anew.answer()).isEqualTo("did three");
    }
  }

  @Test
  void aDelayHoldsQuestionAndAnswerBack() throws Exception {
    try (Client client = new Client(proxy.port())) {
      proxy.delay(Duration.ofMillis(150));
      long start = System.nanoTime();
      client.send("slow");
      client.answer();

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(295));
    }
  }

  @Test
  void cutBeforeTheServerNeverHearsIt() throws Exception {
    try (Client client = new Client(proxy.port());
        Client other = new Client(proxy.port())) {
      CompletableFuture<Void> cut = proxy.cutAt("COMMIT", Moment.BEFORE);
      client.send("INSERT");
      assertThat(client.answer()).isEqualTo("did INSERT");
      client.send("COMMIT");
      cut.get(10, TimeUnit.SECONDS);

      assertThatThrownBy(client::answer).isInstanceOf(SocketException.class);
      other.send("COMMIT of another");
      assertThat(other.answer()).isEqualTo("did COMMIT of another");
    }
    assertThat(List.of(server.heard(), server.heard()))
        .containsExactly("INSERT", "COMMIT of another");
  }

  @Test
  void cutUnansweredTheServerHasDoneItAndTheClientNeverLearns() throws Exception {
    try (Client client = new Client(proxy.port())) {
      CompletableFuture<Void> cut = proxy.cutAt("COMMIT", Moment.UNANSWERED);
      client.send("COMMIT");
      cut.get(10, TimeUnit.SECONDS);

      assertThatThrownBy(client::answer).isInstanceOf(SocketException.class);
      assertThat(server.heard()).isEqualTo("COMMIT");
    }
  }

  @Test
  void aServerThatIsAwayResetsTheClient() throws Exception {
    server.close();
    try (Client client = new Client(proxy.port())) {
      assertThatThrownBy(client::answer).isInstanceOf(SocketException.class);
    }
  }

  /** Answers each line; reading an answer from a closed connection throws. */
  private static final class Client implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;

    Client(int port) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(10_000);
      in = reader(socket);
    }

    void send(String line) throws IOException {
      write(socket, line);
    }

    String answer() throws IOException {
      return in.readLine();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private static final class Echo implements AutoCloseable {
    private final ServerSocket listener;
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final CountDownLatch away = new CountDownLatch(1);

    Echo() {
      try {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      ProxiedConnection.daemon("echo", this::accept);
    }

    int port() {
      return listener.getLocalPort();
    }

    String heard() throws InterruptedException {
      return heard.poll(10, TimeUnit.SECONDS);
    }

    private void accept() {
      try {
        while (true) {
          Socket socket = listener.accept();
          ProxiedConnection.daemon("echo-one", () -> answer(socket));
        }
      } catch (IOException e) {
        // Closed at the end of the test.
        away.countDown();
      }
    }

    private void answer(Socket socket) {
      try (socket;
          BufferedReader in = reader(socket)) {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          heard.add(line);
          write(socket, "did " + line);
        }
      } catch (IOException e) {
        // Cut by the proxy.
        return;
      }
    }

    /**
     * Returns when nobody can connect any more: as long as a thread still sits in accept, the
     * system keeps the listening socket, and a connection made then is never answered nor reset.
     */
    @Override
    public void close() throws Exception {
      listener.close();
      assertThat(away.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  private static void write(Socket socket, String line) throws IOException {
    socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
