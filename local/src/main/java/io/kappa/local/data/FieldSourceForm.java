package io.kappa.local.data;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The ways in which a mapping says where a field comes from: the first key says which. */
final class FieldSourceForm {

  private static final List<List<String>> FORMS =
      List.of(
          List.of("column", "without-suffix"),
          List.of("constant"),
          List.of("template"),
          List.of("negative", "then", "otherwise"),
          List.of("product"),
          List.of("time", "format", "zone"));

  private FieldSourceForm() {}

  /**
   * @throws DataException if the section has none of the forms
   */
  static FieldSource read(MappingSection section) {
    for (List<String> keys : FORMS) {
      if (section.has(keys.get(0))) {
        section.allowOnly(keys);
        return read(section, keys.get(0));
      }
    }
    List<String> firsts = FORMS.stream().map(keys -> keys.get(0)).toList();
    throw section.wrong("source", String.join(", ", section.keys()), "one of " + firsts);
  }

  private static FieldSource read(MappingSection section, String form) {
    return switch (form) {
      case "column" ->
          new FieldSource.Column(section.text("column"), section.text("without-suffix", ""));
      case "constant" -> new FieldSource.Constant(section.text("constant"));
      case "template" -> new FieldSource.Template(section.text("template"));
      case "negative" ->
          new FieldSource.Sign(
              section.text("negative"), section.text("then"), section.text("otherwise"));
      case "product" -> product(section);
      case "time" -> time(section);
      default -> throw new IllegalStateException("a form without a reading: " + form);
    };
  }

  private static FieldSource product(MappingSection section) {
    List<String> columns = new ArrayList<>();
    BigDecimal constant = BigDecimal.ONE;
    for (String factor : section.texts("product")) {
      if (PlainNumber.is(factor)) {
        constant = constant.multiply(new BigDecimal(factor));
      } else {
        columns.add(factor);
      }
    }
    return new FieldSource.Product(List.copyOf(columns), constant);
  }

  private static FieldSource time(MappingSection section) {
    String format = section.text("format");
    return new FieldSource.Time(
        section.text("time"), format, formatter(section, format), zone(section));
  }

  private static DateTimeFormatter formatter(MappingSection section, String format) {
    if (format.contains("y") && !format.contains("G")) {
      throw section.wrong("format", format, "uuuu for the year: yyyy is a year of an era");
    }
    try {
      return DateTimeFormatter.ofPattern(format, Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);
    } catch (IllegalArgumentException e) {
      throw section.wrong("format", format, "a pattern such as uuuu-MM-dd HH:mm:ss");
    }
  }

  private static ZoneId zone(MappingSection section) {
    String zone = section.text("zone", "UTC");
    try {
      return ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw section.wrong("zone", zone, "a zone such as UTC or Europe/London");
    }
  }
}
