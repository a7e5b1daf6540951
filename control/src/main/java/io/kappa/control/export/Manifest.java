package io.kappa.control.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.kappa.common.table.TableShape;
import io.kappa.control.version.Frontier;
import io.kappa.control.version.Version;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a file was made from, so that it can be made again: this jar with these parameters, run over
 * this log from the start to the frontier. There is nothing in it that two exports of the same
 * state would differ in.
 *
 * @param tool which release wrote the file
 * @param frontier the rows are those of the log before it
 * @param sha256 of the file, in hexadecimal
 */
public record Manifest(
    String tool,
    Version version,
    Frontier frontier,
    TableShape table,
    long rows,
    Format format,
    String sha256) {

  // The same on every machine: its own line ends would differ.
  private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");
  private static final ObjectWriter WRITER =
      new ObjectMapper()
          .writer(new DefaultPrettyPrinter().withObjectIndenter(INDENT).withArrayIndenter(INDENT));

  /** It as JSON. */
  public String json() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("job", version.name().job().value());
    facts.put("version", version.name().number());
    facts.put("jarSha256", version.jarSha256());
    facts.put("parameters", new TreeMap<>(version.parameters()));
    facts.put("topicIds", new TreeMap<>(version.topicIds()));
    facts.put("start", version.start().offsets());
    facts.put("truncated", version.truncated());
    facts.put("frontier", frontier.offsets());
    facts.put("table", table.name());
    facts.put("columns", columns());
    facts.put("rows", rows);
    facts.put("format", format.label());
    facts.put("sha256", sha256);
    facts.put("tool", tool);
    try {
      return WRITER.writeValueAsString(facts) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("can't be said as JSON: " + facts, e);
    }
  }

  private List<Map<String, Object>> columns() {
    return table.columns().stream()
        .map(
            column -> {
              Map<String, Object> facts = new LinkedHashMap<>();
              facts.put("name", column.name());
              facts.put("type", column.type().sql());
              facts.put("key", column.key());
              facts.put("comment", column.comment());
              return facts;
            })
        .toList();
  }
}
