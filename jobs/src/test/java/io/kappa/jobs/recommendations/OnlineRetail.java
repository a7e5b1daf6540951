package io.kappa.jobs.recommendations;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kappa.common.event.Activity;
import io.kappa.common.event.Activity.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * The real sales beside a checkout, read as the loader's mapping reads them, as far as this job
 * looks at them.
 *
 * @param events a line each
 * @param descriptions what an item is called first
 */
record OnlineRetail(List<Activity> events, Map<String, String> descriptions) {

  private static final Path HOME = Path.of(System.getProperty("kappa.home", "."));
  private static final Path SHARED =
      Path.of(System.getProperty("kappa.shared", HOME.resolve("../shared").toString()));
  static final Path FILE =
      SHARED.resolve("data/online-retail/online-retail-2010-12-to-2011-08.csv.gz");

  static OnlineRetail read() throws IOException {
    OnlineRetail sales = new OnlineRetail(new ArrayList<>(), new HashMap<>());
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(Files.newInputStream(FILE)), UTF_8))) {
      int number = 1;
      lines.readLine();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        sales.add(++number, fields(line));
      }
    }
    return sales;
  }

  private void add(int number, List<String> fields) {
    String item = fields.get(1);
    String user = fields.get(6);
    LocalDateTime at = LocalDateTime.parse(fields.get(4).replace(' ', 'T'));
    descriptions.putIfAbsent(item, fields.get(2).strip());
    events.add(
        new Activity(
            fields.get(0) + "-" + number,
            user.isEmpty() ? null : user.replace(".0", ""),
            item,
            fields.get(3).startsWith("-") ? Kind.RETURN : Kind.PURCHASE,
            at.toInstant(ZoneOffset.UTC).toEpochMilli(),
            null,
            null,
            null,
            null,
            null));
  }

  /** The fields of a line; commas in quotes are none between fields. */
  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }
}
