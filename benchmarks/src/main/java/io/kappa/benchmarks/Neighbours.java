package io.kappa.benchmarks;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/** What {@code recommendations} finds similar to some well-known items of online-retail. */
final class Neighbours {

  private static final List<String> ITEMS = List.of("22423", "85123A", "20725", "22386");
  private static final String QUERY =
      """
      SELECT other_item_id, rank, round(score::numeric, 4), together
        FROM recommendations.similar_items WHERE item_id = '%s' AND rank <= 8 ORDER BY rank""";

  private Neighbours() {}

  /** Item -> its neighbours, nearest first: item, rank, score, buyers of both. */
  static Map<String, List<List<String>>> of(OwnStack stack, Path retail) {
    Map<String, String> names = names(retail);
    Map<String, List<List<String>>> neighbours = new LinkedHashMap<>();
    for (String item : ITEMS) {
      neighbours.put(
          named(item, names),
          StoreNumbers.rows(stack, QUERY.formatted(item)).stream()
              .map(row -> List.of(named(row.get(0), names), row.get(1), row.get(2), row.get(3)))
              .toList());
    }
    return neighbours;
  }

  private static String named(String item, Map<String, String> names) {
    return item + " " + names.getOrDefault(item, "");
  }

  private static Map<String, String> names(Path retail) {
    Map<String, String> names = new HashMap<>();
    try (Reader text =
        new InputStreamReader(
            new GZIPInputStream(Files.newInputStream(retail)), StandardCharsets.UTF_8)) {
      CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
      for (CSVRecord line : format.parse(text)) {
        names.putIfAbsent(line.get("StockCode"), line.get("Description").strip());
      }
      return names;
    } catch (IOException e) {
      throw new BenchmarkException("The names of items can't be read from " + retail, e);
    }
  }
}
