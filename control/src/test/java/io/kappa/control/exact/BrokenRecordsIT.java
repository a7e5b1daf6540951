package io.kappa.control.exact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.local.junit.LocalStack;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever a record is made of, it ends in a row, of a table or of quarantine, and the job goes on.
 */
class BrokenRecordsIT {

  private static final int TEN_MB = 10 << 20;
  private static final String GOOD =
      "{\"eventId\":\"g1\",\"itemId\":\"i1\",\"kind\":\"view\",\"at\":1700000000000}";

  @RegisterExtension static final LocalStack stack = LocalStack.brokerAndStore();

  @TempDir Path directory;

  @Test
  void eachIsInQuarantineWithItsPlaceItsReasonAndItsBytes() throws Exception {
    try (Setting setting = new Setting(stack, directory, 7)) {
      write(setting, GOOD);
      write(setting, "no json at all");
      write(setting, GOOD.substring(0, 30));
      setting.log().write(0, filled(TEN_MB));
      setting.log().write(0, null);
      write(setting, GOOD.replace("view", "stare"));
      write(setting, GOOD.replace("\"itemId\":\"i1\",", ""));
      write(setting, GOOD.replace("\"kind\"", "\"durationMs\":-5,\"kind\""));
      write(setting, GOOD.replace("1700000000000", "32503680000000"));
      write(setting, GOOD.replace("1700000000000", "-2208988800000"));
      write(setting, GOOD.replace("1700000000000", "1600000000000"));
      write(setting, GOOD.replace("g1", "g2"));
      setting.createVersion();

      JobID run = setting.launch(2, "rocksdb", Optional.empty());

      assertThat(setting.caughtUp(run)).isTrue();
      assertThat(quarantine(setting))
          .containsExactly(
              "0 1 not_json 14 14",
              "0 2 not_json 30 30",
              "0 3 too_large 10485760 1024",
              "0 4 null_value 0 null",
              "0 5 unknown_kind 64 64",
              "0 6 missing_field 49 49",
              "0 7 absurd_field 79 79",
              "0 8 future 64 64",
              "0 9 absurd_field 64 64",
              "0 10 late 63 63");
      assertThat(setting.cut().against(setting.oracle())).isEmpty();
      assertThat(counts(setting)).isEqualTo("2 0 10 0");
      assertThat(setting.cluster().restarts(run)).as("restarts because of a record").isZero();
    }
  }

  private static void write(Setting setting, String value) {
    setting.log().write(0, value.getBytes(UTF_8));
  }

  private static byte[] filled(int size) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) 'x');
    return bytes;
  }

  private static List<String> quarantine(Setting setting) throws SQLException {
    return rows(
        setting,
        "SELECT partition, record_offset, reason, size, length(bytes)"
            + " FROM activity_metrics_v1.quarantine ORDER BY 1, 2");
  }

  private static String counts(Setting setting) throws SQLException {
    return rows(
            setting,
            "SELECT n ->> 'applied', n ->> 'filtered', n ->> 'quarantined', n ->> 'gaps'"
                + " FROM (SELECT counts -> jsonb_object_keys(counts) -> '0' n FROM kappa.ledger) c")
        .get(0);
  }

  private static List<String> rows(Setting setting, String sql) throws SQLException {
    try (Connection connection = setting.database().connect("kappa_job");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      while (row.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
          values.add(String.valueOf(row.getObject(i)));
        }
        rows.add(String.join(" ", values));
      }
      return rows;
    }
  }
}
