package io.kappa.control.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.kappa.control.Refusal;
import io.kappa.control.compare.Expectations.Check;
import io.kappa.control.compare.Expectations.Limit;
import io.kappa.control.compare.Expectations.OfColumn;
import io.kappa.control.compare.Expectations.OfTable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reads expectations from YAML, and names all that is wrong with it at once. */
final class ExpectationsText {

  private static final YAMLMapper YAML =
      new YAMLMapper(
          YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  private final List<String> problems = new ArrayList<>();

  private ExpectationsText() {}

  /**
   * @param place what messages call the text
   * @throws Refusal if it is no YAML, or says something that isn't allowed
   */
  static Expectations parse(String place, String text) {
    ExpectationsText reading = new ExpectationsText();
    Expectations expectations = reading.expectations(root(place, text));
    List<String> problems = reading.problems;
    if (!problems.isEmpty()) {
      throw new Refusal(
          "%s can't be used: %s".formatted(place, numbered(problems)),
          "mend the file; docs/compare.md says how it's written");
    }
    return expectations;
  }

  private static JsonNode root(String place, String text) {
    try {
      return YAML.readTree(text);
    } catch (JsonProcessingException e) {
      String why = e.getOriginalMessage().lines().findFirst().orElse("");
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw new Refusal(
          "%s is no YAML: %s (line %d)".formatted(place, why, line),
          "mend the file; docs/compare.md says how it's written",
          e);
    }
  }

  private static String numbered(List<String> problems) {
    return problems.size() == 1
        ? problems.get(0)
        : IntStream.range(0, problems.size())
            .mapToObj(i -> "(%d) %s".formatted(i + 1, problems.get(i)))
            .collect(Collectors.joining("; "));
  }

  private Expectations expectations(JsonNode root) {
    if (root.isMissingNode() || isNothing(root)) {
      return Expectations.NONE;
    }
    Map<String, JsonNode> fields = fields("", root, Set.of("added", "gone", "tables", "checks"));
    Map<String, OfTable> tables = new LinkedHashMap<>();
    fields("tables", fields.get("tables"), Set.of())
        .forEach((name, node) -> tables.put(name, table("tables." + name, node)));
    return new Expectations(
        names("added", fields.get("added")),
        names("gone", fields.get("gone")),
        tables,
        checks(fields.get("checks")));
  }

  private OfTable table(String path, JsonNode node) {
    Map<String, JsonNode> fields = fields(path, node, Set.of("missing", "extra", "columns"));
    Map<String, OfColumn> columns = new LinkedHashMap<>();
    String columnsPath = path + ".columns";
    fields(columnsPath, fields.get("columns"), Set.of())
        .forEach((name, column) -> columns.put(name, column(columnsPath + "." + name, column)));
    return new OfTable(
        limit(path + ".missing", Optional.ofNullable(fields.get("missing"))),
        limit(path + ".extra", Optional.ofNullable(fields.get("extra"))),
        columns);
  }

  private Optional<Limit> limit(String path, Optional<JsonNode> node) {
    return node.map(
        given -> {
          Map<String, JsonNode> fields = bounds(path, given, Set.of("count", "share"));
          return new Limit(
              optional(fields.get("count"))
                  .map(count -> count(path + ".count", count))
                  .map(OptionalLong::of)
                  .orElse(OptionalLong.empty()),
              share(path, fields));
        });
  }

  private OfColumn column(String path, JsonNode node) {
    Map<String, JsonNode> fields =
        bounds(path, node, Set.of("absolute", "relative", "seconds", "share"));
    Map<Measure.Kind, Double> largest = new EnumMap<>(Measure.Kind.class);
    for (Measure.Kind kind : Measure.Kind.values()) {
      String name = kind.name().toLowerCase(Locale.ROOT);
      optional(fields.get(name))
          .ifPresent(
              value -> largest.put(kind, number(path + "." + name, value, Double.MAX_VALUE)));
    }
    return new OfColumn(largest, share(path, fields));
  }

  private OptionalDouble share(String path, Map<String, JsonNode> fields) {
    return optional(fields.get("share"))
        .map(share -> OptionalDouble.of(number(path + ".share", share, 1)))
        .orElse(OptionalDouble.empty());
  }

  private List<Check> checks(JsonNode node) {
    List<Check> checks = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    for (JsonNode each : list("checks", node)) {
      String path = "checks[%d]".formatted(checks.size());
      Map<String, JsonNode> fields = fields(path, each, Set.of("name", "sql"));
      Check check =
          new Check(
              text(path + ".name", fields.get("name")).strip(),
              text(path + ".sql", fields.get("sql")));
      if (!check.name().isEmpty() && !names.add(check.name())) {
        wrong(path + ".name", "'%s', a second time".formatted(check.name()), "a name for each");
      }
      checks.add(check);
    }
    return checks;
  }

  private List<String> names(String path, JsonNode node) {
    List<String> names = new ArrayList<>();
    for (JsonNode each : list(path, node)) {
      names.add(text("%s[%d]".formatted(path, names.size()), each));
    }
    return names;
  }

  /** The fields of an object that has to be there: an empty place might mean all or nothing. */
  private Map<String, JsonNode> bounds(String path, JsonNode node, Set<String> allowed) {
    if (isNothing(node)) {
      wrong(path, "empty", "some of %s, or {} for no bound".formatted(sorted(allowed)));
    }
    return fields(path, node, allowed);
  }

  /** The fields of an object; none for nothing. If none is allowed by name, all are. */
  private Map<String, JsonNode> fields(String path, JsonNode node, Set<String> allowed) {
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    if (isNothing(node)) {
      return fields;
    }
    if (!node.isObject()) {
      wrong(
          path.isEmpty() ? "the file" : path,
          shown(node),
          allowed.isEmpty() ? "names with a section each" : "the fields " + sorted(allowed));
      return fields;
    }
    node.properties()
        .forEach(
            field -> {
              if (allowed.isEmpty() || allowed.contains(field.getKey())) {
                fields.put(field.getKey(), field.getValue());
              } else {
                String prefix = path.isEmpty() ? "" : path + ".";
                problems.add(
                    "%s%s is unknown; allowed is %s"
                        .formatted(prefix, field.getKey(), sorted(allowed)));
              }
            });
    return fields;
  }

  private Iterable<JsonNode> list(String path, JsonNode node) {
    if (isNothing(node)) {
      return List.of();
    }
    if (!node.isArray()) {
      wrong(path, shown(node), "a list");
      return List.of();
    }
    return node;
  }

  private String text(String path, JsonNode node) {
    if (isNothing(node) || !node.isTextual() || node.textValue().isBlank()) {
      wrong(path, node == null ? "missing" : shown(node), "a text");
      return "";
    }
    return node.textValue();
  }

  private long count(String path, JsonNode node) {
    if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
      wrong(path, shown(node), "a whole number from 0");
      return 0;
    }
    return node.longValue();
  }

  private double number(String path, JsonNode node, double most) {
    double value = node.isNumber() ? node.doubleValue() : Double.NaN;
    if (!(value >= 0 && value <= most)) {
      wrong(path, shown(node), most == 1 ? "a number from 0 to 1" : "a number from 0");
      return 0;
    }
    return value;
  }

  private void wrong(String path, String value, String allowed) {
    problems.add("%s is %s; allowed is %s".formatted(path, value, allowed));
  }

  private static boolean isNothing(JsonNode node) {
    return node == null || node.isNull() || (node.isTextual() && node.textValue().isEmpty());
  }

  private static Optional<JsonNode> optional(JsonNode node) {
    return Optional.ofNullable(node);
  }

  private static String shown(JsonNode node) {
    if (isNothing(node)) {
      return "empty";
    }
    return node.isTextual() ? "'%s'".formatted(node.textValue()) : node.toString();
  }

  private static String sorted(Set<String> names) {
    return names.stream().sorted().collect(Collectors.joining(", "));
  }
}
