package io.kappa.local.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.local.Endpoints;
import io.kappa.local.Part;
import io.kappa.local.Stack;
import io.kappa.local.TestStacks;
import io.kappa.local.process.ProcessTable;
import io.kappa.local.process.Waiting;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresRestartIT {

  private static final int KILLS = 10;

  private Stack stack;
  private Endpoints endpoints;

  @BeforeEach
  void start(@TempDir Path temp) {
    stack = Stack.of(TestStacks.in(temp.resolve("data")));
    stack.start(Part.POSTGRES);
    endpoints = stack.endpoints().orElseThrow();
  }

  @AfterEach
  void end() {
    stack.destroy();
  }

  @Test
  void tenTimesKilledUnderLoadItStartsTenTimesAndHasAllThatWasCommitted() throws Exception {
    execute("CREATE TABLE kappa.committed (n int)");
    for (int i = 1; i <= KILLS; i++) {
      execute("INSERT INTO kappa.committed VALUES (%d)".formatted(i));
      // A backend at work doesn't notice for a long time that its server is gone.
      CompletableFuture<Void> busy =
          CompletableFuture.runAsync(
              () -> executeQuietly("SELECT count(*) FROM generate_series(1, 10000000000)"));
      assertThat(Waiting.until(Duration.ofSeconds(10), this::isBusy)).isTrue();

      stack.kill9(Part.POSTGRES);
      stack.start(Part.POSTGRES);

      assertThat(one("SELECT count(*) || ' ' || sum(n) FROM kappa.committed"))
          .isEqualTo(i + " " + i * (i + 1) / 2);
      busy.join();
    }
  }

  @Test
  void downEndsTheBackendsOfAKilledServer() throws Exception {
    CompletableFuture<Void> busy =
        CompletableFuture.runAsync(
            () -> executeQuietly("SELECT count(*) FROM generate_series(1, 10000000000)"));
    assertThat(Waiting.until(Duration.ofSeconds(10), this::isBusy)).isTrue();
    stack.kill9(Part.POSTGRES);

    stack.down(line -> {});

    assertThat(ProcessTable.workingIn(stack.config().data().resolve("postgres"))).isEmpty();
    busy.join();
  }

  private boolean isBusy() {
    try {
      return one("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT%series%' AND pid <> pg_backend_pid()")
          .equals("1");
    } catch (SQLException e) {
      return false;
    }
  }

  private void executeQuietly(String sql) {
    try {
      execute(sql);
    } catch (SQLException e) {
      assertThat(e.getSQLState()).startsWith("08");
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String one(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(
        endpoints.jdbcUrl(), Endpoints.OWNER, endpoints.password(Endpoints.OWNER));
  }
}
