package io.kappa.control.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CsvFileTest {

  private static String written(List<List<Optional<String>>> rows) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (CsvFile file = new CsvFile(EveryType.TABLE, out)) {
      for (List<Optional<String>> row : rows) {
        file.row(row);
      }
      file.finish();
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String lines(String... lines) {
    return String.join("\r\n", lines) + "\r\n";
  }

  @Test
  void everyTypeIsWrittenSoThatItCanBeReadBack() throws Exception {
    assertThat(written(EveryType.ROWS))
        .isEqualTo(
            lines(
                "id,part,words,n,small,yes,ratio,seen_at,day,raw,about",
                "\"\",0,\"\",0,0,false,0,1970-01-01T00:00:00Z,1970-01-01,\\x,{}",
                "a,1,,,,,,,,,",
                "a,2,\"comma, \"\"quote\"\"\r\nline\ttab\",9223372036854775807,2147483647,true,"
                    + "1.7976931348623157e+308,2026-07-01T00:00:00.123456Z,2026-07-01,\\x00ff0a22,"
                    + "\"{\"\"a\"\": [1, null, \"\"ü\"\"]}\"",
                "b,-1,żółw 日本語 🐢 e\u0301,-9223372036854775808,-2147483648,false,-0.1,"
                    + "1969-12-31T23:59:59.999999Z,1969-12-31,\\xf09f90a2,null",
                "c,0,NULL,-1,1,true,NaN,1970-01-01T00:00:00.000001Z,1970-01-02,\\x00,\"\"\"x\"\"\"",
                "d,0, ,1,1,true,-Infinity,0001-01-01T00:00:00Z,0001-01-01,\\x20,0",
                "🐢,0,',1,1,true,5e-324,1970-01-01T00:00:01Z,9999-12-31,\\x2c,[]"));
  }

  @Test
  void anEmptyTableHasItsHeader() throws Exception {
    assertThat(written(List.of()))
        .isEqualTo(lines("id,part,words,n,small,yes,ratio,seen_at,day,raw,about"));
  }
}
