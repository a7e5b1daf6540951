package io.kappa.control.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kappa.control.TestStore;
import io.kappa.local.junit.LocalStack;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StoreIT {

  @RegisterExtension static final LocalStack STACK = LocalStack.brokerAndStore();

  private TestStore database;
  private Store store;

  @BeforeEach
  void aStoreThatKeepsAConnection() {
    database = new TestStore(STACK.freshDatabase());
    store = database.owner().keepingOne();
  }

  @Test
  void oneUseAfterTheOtherHasTheSameConnection() {
    int first = store.inTransaction(StoreIT::server);

    assertThat(store.inTransaction(StoreIT::server)).isEqualTo(first);
    assertThat(store.inSnapshot(StoreIT::server)).isEqualTo(first);
    assertThat(database.owner().inTransaction(StoreIT::server)).isNotEqualTo(first);
  }

  @Test
  void usesWithinOneAnotherHaveOneEach() {
    store.inTransaction(StoreIT::server);

    boolean isOther =
        store.inTransaction(
            outer -> server(outer) != store.inTransaction(StoreIT::server).intValue());

    assertThat(isOther).isTrue();
  }

  @Test
  void aConnectionThatDiedMeanwhileIsReplaced() throws Exception {
    int first = store.inTransaction(StoreIT::server);
    database.run("kappa_owner", "SELECT pg_terminate_backend(%d, 10000)".formatted(first));

    assertThat(store.inTransaction(StoreIT::server)).isNotEqualTo(first);
  }

  @Test
  void theConnectionOfAUseThatFailedIsNotKept() {
    int first = store.inTransaction(StoreIT::server);

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () ->
                store.inTransaction(
                    connection -> {
                      execute(connection, "CREATE TABLE half (id int)");
                      throw new IllegalStateException("in the middle");
                    }));

    assertThat(store.inTransaction(StoreIT::server)).isNotEqualTo(first);
    store.inTransaction(connection -> execute(connection, "CREATE TABLE half (id int)"));
  }

  @Test
  void nothingOfAUseIsLeftForTheNext() {
    store.inSnapshot(
        connection -> {
          connection.setReadOnly(true);
          return execute(connection, "SET LOCAL TIME ZONE 'Asia/Tokyo'");
        });

    store.inTransaction(connection -> execute(connection, "CREATE TABLE written (id int)"));
    String zone = store.inTransaction(connection -> one(connection, "SHOW TimeZone"));
    assertThat(zone).isNotEqualTo("Asia/Tokyo");
    String isolation =
        store.inTransaction(connection -> one(connection, "SHOW transaction_isolation"));
    assertThat(isolation).isEqualTo("read committed");
  }

  @Test
  void aViewMayBeReplacedBySomebodyElseBetweenTwoReadings() {
    for (int i = 0; i < 10; i++) {
      String type = i < 8 ? "int" : "text";
      database
          .owner()
          .inTransaction(
              connection -> {
                execute(connection, "DROP VIEW IF EXISTS shown");
                return execute(connection, "CREATE VIEW shown AS SELECT '1'::" + type);
              });

      String shown = store.inTransaction(connection -> one(connection, "SELECT * FROM shown"));
      assertThat(shown).isEqualTo("1");
    }
  }

  private static int server(Connection connection) throws SQLException {
    return Integer.parseInt(one(connection, "SELECT pg_backend_pid()"));
  }

  private static String one(Connection connection, String query) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getString(1);
    }
  }

  private static boolean execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.execute(sql);
    }
  }
}
