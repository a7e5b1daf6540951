package io.kappa.local.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.kappa.common.event.serde.Topic;
import io.kappa.common.event.serde.Topics;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a mapping and names the place of whatever is wrong with it. */
final class MappingFile {

  private static final YAMLMapper YAML =
      new YAMLMapper(
          YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  private static final Map<String, Charset> CHARSETS =
      Map.of(
          "UTF-8", StandardCharsets.UTF_8,
          "ISO-8859-1", StandardCharsets.ISO_8859_1,
          "windows-1252", Charset.forName("windows-1252"));

  private final String name;

  private MappingFile(String name) {
    this.name = name;
  }

  /**
   * @throws DataException if the text is no mapping
   */
  static Mapping read(String name, byte[] text) throws IOException {
    try {
      return new MappingFile(name).mapping(YAML.readTree(text));
    } catch (JsonProcessingException e) {
      throw new DataException(
          "mapping %s: no YAML (%s)".formatted(name, firstLine(e)), MappingSection.REMEDY, e);
    }
  }

  private static String firstLine(JsonProcessingException e) {
    return e.getOriginalMessage().lines().findFirst().orElse("");
  }

  private Mapping mapping(JsonNode root) {
    MappingSection top = MappingSection.of(name, "", root);
    top.allowOnly(Set.of("topic", "delimiter", "charset", "fields"));
    String topicName = top.text("topic");
    Topic<?> topic =
        Topics.named(topicName)
            .orElseThrow(() -> top.wrong("topic", topicName, "one of " + Topics.all()));
    MappingSection section = top.section("fields");
    Map<String, FieldType> types = FieldType.of(topic);
    section.allowOnly(types.keySet());
    List<Mapping.Field> fields = new ArrayList<>();
    for (String field : section.keys()) {
      FieldSource source = FieldSourceForm.read(section.section(field));
      fields.add(new Mapping.Field(field, types.get(field), source));
    }
    return new Mapping(name, topic, form(top), fields);
  }

  private static CsvForm form(MappingSection top) {
    String delimiter = top.text("delimiter", ",");
    if (delimiter.length() != 1 || "\"\r\n".contains(delimiter)) {
      throw top.wrong("delimiter", delimiter, "one character, such as ; or \"\\t\"");
    }
    String charset = top.text("charset", "UTF-8");
    if (!CHARSETS.containsKey(charset)) {
      throw top.wrong("charset", charset, "one of " + String.join(", ", CHARSETS.keySet()));
    }
    return new CsvForm(delimiter.charAt(0), CHARSETS.get(charset));
  }
}
