package io.kappa.control.compare;

import io.kappa.common.table.SqlType;
import io.kappa.common.table.TableShape;
import io.kappa.common.table.TableShape.ColumnShape;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The report on a table, found the plain way: all rows of both sides in maps by key. Values are
 * text, as PostgreSQL writes them.
 */
final class DifferenceOracle {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ssx");

  private final TableShape table;
  private final int keys;
  private final Map<List<String>, List<String>> baseline;
  private final Map<List<String>, List<String>> candidate;

  DifferenceOracle(TableShape table, List<List<String>> baseline, List<List<String>> candidate) {
    this.table = table;
    this.keys = table.key().size();
    this.baseline = byKey(baseline);
    this.candidate = byKey(candidate);
  }

  private Map<List<String>, List<String>> byKey(List<List<String>> rows) {
    TreeMap<List<String>, List<String>> map = new TreeMap<>(this::compareKeys);
    rows.forEach(row -> map.put(row.subList(0, keys), row.subList(keys, row.size())));
    return map;
  }

  private int compareKeys(List<String> one, List<String> other) {
    for (int i = 0; i < keys; i++) {
      int order = compare(table.key().get(i).type(), one.get(i), other.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static int compare(SqlType type, String one, String other) {
    return switch (type) {
      case BIGINT, INTEGER -> Long.compare(Long.parseLong(one), Long.parseLong(other));
      case TEXT, BOOLEAN, BYTEA, TIMESTAMPTZ, DATE -> compareBytes(one, other);
      case DOUBLE, JSONB -> throw new IllegalArgumentException("no key in these tests: " + type);
    };
  }

  private static int compareBytes(String one, String other) {
    return Arrays.compareUnsigned(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  /** The rows of the table of differences: key, kind, then both sides of each column. */
  List<List<String>> differences() {
    Map<List<String>, Difference> kinds = kinds();
    List<List<String>> rows = new ArrayList<>();
    kinds.forEach(
        (key, kind) -> {
          List<String> row = new ArrayList<>(key);
          row.add(kind.text());
          for (int i = 0; i < table.values().size(); i++) {
            row.add(side(baseline, key, i));
            row.add(side(candidate, key, i));
          }
          rows.add(row);
        });
    return rows;
  }

  private Map<List<String>, Difference> kinds() {
    TreeMap<List<String>, Difference> kinds = new TreeMap<>(this::compareKeys);
    baseline.forEach(
        (key, values) -> {
          if (!candidate.containsKey(key)) {
            kinds.put(key, Difference.MISSING);
          } else if (!candidate.get(key).equals(values)) {
            kinds.put(key, Difference.CHANGED);
          }
        });
    candidate.keySet().stream()
        .filter(key -> !baseline.containsKey(key))
        .forEach(key -> kinds.put(key, Difference.EXTRA));
    return kinds;
  }

  private static String side(Map<List<String>, List<String>> rows, List<String> key, int column) {
    return rows.containsKey(key) ? rows.get(key).get(column) : null;
  }

  /** What is to be reported. */
  TableReport report(String differences) {
    Map<List<String>, Difference> kinds = kinds();
    Map<Difference, Long> counts =
        kinds.values().stream()
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    long changed = counts.getOrDefault(Difference.CHANGED, 0L);
    long missing = counts.getOrDefault(Difference.MISSING, 0L);
    RowCounts rows =
        new RowCounts(
            baseline.size() - changed - missing,
            changed,
            missing,
            counts.getOrDefault(Difference.EXTRA, 0L));
    List<ColumnReport> columns = new ArrayList<>();
    for (int i = 0; i < table.values().size(); i++) {
      column(i, kinds).ifPresent(columns::add);
    }
    return new TableReport(
        table.name(),
        differences,
        rows,
        table.values().stream().map(ColumnShape::name).toList(),
        columns,
        List.of(),
        List.of(),
        List.of(),
        samples(kinds),
        kinds.isEmpty() ? List.of() : times(kinds),
        kinds.isEmpty() ? List.of() : texts(kinds));
  }

  private Optional<ColumnReport> column(int index, Map<List<String>, Difference> kinds) {
    ColumnShape column = table.values().get(index);
    List<BigDecimal> sizes = new ArrayList<>();
    List<BigDecimal> ratios = new ArrayList<>();
    long differ = 0;
    for (Map.Entry<List<String>, Difference> row : kinds.entrySet()) {
      String before = side(baseline, row.getKey(), index);
      String after = side(candidate, row.getKey(), index);
      if (row.getValue() != Difference.CHANGED || Objects.equals(before, after)) {
        continue;
      }
      differ++;
      Optional<BigDecimal> old = number(column.type(), before);
      Optional<BigDecimal> now = number(column.type(), after);
      if (old.isPresent() && now.isPresent()) {
        BigDecimal size = now.get().subtract(old.get()).abs();
        sizes.add(size);
        if (old.get().signum() != 0) {
          ratios.add(size.divide(old.get().abs(), MathContext.DECIMAL128));
        }
      }
    }
    boolean isTime = column.type() == SqlType.TIMESTAMPTZ || column.type() == SqlType.DATE;
    List<Measure> measures = new ArrayList<>();
    measure(isTime ? Measure.Kind.SECONDS : Measure.Kind.ABSOLUTE, sizes).ifPresent(measures::add);
    if (!isTime) {
      measure(Measure.Kind.RELATIVE, ratios).ifPresent(measures::add);
    }
    return differ == 0
        ? Optional.empty()
        : Optional.of(new ColumnReport(column.name(), column.type(), differ, measures));
  }

  private static Optional<Measure> measure(Measure.Kind kind, List<BigDecimal> sizes) {
    if (sizes.isEmpty()) {
      return Optional.empty();
    }
    List<BigDecimal> sorted = sizes.stream().sorted().toList();
    return Optional.of(
        new Measure(
            kind,
            sorted.size(),
            sorted.get(sorted.size() - 1).doubleValue(),
            sorted.get((sorted.size() + 1) / 2 - 1).doubleValue()));
  }

  private static Optional<BigDecimal> number(SqlType type, String text) {
    if (text == null || text.equals("NaN") || text.endsWith("Infinity")) {
      return Optional.empty();
    }
    return switch (type) {
      case BIGINT, INTEGER, DOUBLE -> Optional.of(new BigDecimal(text));
      case TIMESTAMPTZ ->
          Optional.of(BigDecimal.valueOf(OffsetDateTime.parse(text, TIME).toEpochSecond()));
      case DATE -> Optional.of(BigDecimal.valueOf(LocalDate.parse(text).toEpochDay() * 86_400));
      case TEXT, BOOLEAN, BYTEA, JSONB -> Optional.empty();
    };
  }

  private List<Sample> samples(Map<List<String>, Difference> kinds) {
    List<Sample> samples = new ArrayList<>();
    for (Difference kind : Difference.values()) {
      kinds.entrySet().stream()
          .filter(row -> row.getValue() == kind)
          .limit(5)
          .forEach(row -> samples.add(sample(kind, row.getKey())));
    }
    return samples;
  }

  private Sample sample(Difference kind, List<String> key) {
    List<Sample.KeyValue> keyValues = new ArrayList<>();
    for (int i = 0; i < keys; i++) {
      keyValues.add(new Sample.KeyValue(table.key().get(i).name(), key.get(i)));
    }
    List<Sample.Sides> values = new ArrayList<>();
    for (int i = 0; i < table.values().size(); i++) {
      String before = side(baseline, key, i);
      String after = side(candidate, key, i);
      if (kind != Difference.CHANGED || !Objects.equals(before, after)) {
        values.add(new Sample.Sides(table.values().get(i).name(), before, after));
      }
    }
    return new Sample(kind, keyValues, values);
  }

  private List<Whereabouts> times(Map<List<String>, Difference> kinds) {
    for (int i = 0; i < keys; i++) {
      int index = i;
      SqlType type = table.key().get(i).type();
      List<String> values = kinds.keySet().stream().map(key -> key.get(index)).sorted().toList();
      if (type == SqlType.DATE) {
        return List.of(places(index, "day", values, Function.identity()));
      }
      if (type == SqlType.TIMESTAMPTZ) {
        OffsetDateTime first = OffsetDateTime.parse(values.get(0), TIME);
        OffsetDateTime last = OffsetDateTime.parse(values.get(values.size() - 1), TIME);
        boolean isShort = ChronoUnit.SECONDS.between(first, last) <= 2 * 86_400;
        ChronoUnit unit = isShort ? ChronoUnit.HOURS : ChronoUnit.DAYS;
        return List.of(
            places(
                index,
                isShort ? "hour" : "day",
                values,
                value ->
                    TIME.format(OffsetDateTime.parse(value, TIME).truncatedTo(unit))
                        .replace("Z", "+00")));
      }
    }
    return List.of();
  }

  private List<Whereabouts> texts(Map<List<String>, Difference> kinds) {
    List<Whereabouts> places = new ArrayList<>();
    for (int i = 0; i < keys; i++) {
      int index = i;
      if (table.key().get(i).type() == SqlType.TEXT) {
        List<String> values =
            kinds.keySet().stream()
                .map(key -> key.get(index))
                .sorted(DifferenceOracle::compareBytes)
                .toList();
        places.add(places(index, "value", values, Function.identity()));
      }
    }
    return places;
  }

  private Whereabouts places(
      int index, String unit, List<String> sorted, Function<String, String> place) {
    TreeMap<String, Long> counts = new TreeMap<>(DifferenceOracle::compareBytes);
    sorted.forEach(value -> counts.merge(place.apply(value), 1L, Long::sum));
    return new Whereabouts(
        table.key().get(index).name(),
        unit,
        sorted.get(0),
        sorted.get(sorted.size() - 1),
        counts.size(),
        counts.entrySet().stream()
            .sorted(Comparator.comparing((Map.Entry<String, Long> e) -> -e.getValue()))
            .limit(5)
            .map(entry -> new Whereabouts.Share(entry.getKey(), entry.getValue()))
            .toList());
  }
}
