package io.kappa.local.data;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The ways in which a mapping says where a field comes from: the first key says which. */
enum FieldSourceForm {
  COLUMN("column", "without-suffix") {
    @Override
    FieldSource make(MappingSection section) {
      return new FieldSource.Column(section.text("column"), section.text("without-suffix", ""));
    }
  },
  CONSTANT("constant") {
    @Override
    FieldSource make(MappingSection section) {
      return new FieldSource.Constant(section.text("constant"));
    }
  },
  TEMPLATE("template") {
    @Override
    FieldSource make(MappingSection section) {
      return new FieldSource.Template(section.text("template"));
    }
  },
  NEGATIVE("negative", "then", "otherwise") {
    @Override
    FieldSource make(MappingSection section) {
      return new FieldSource.Sign(
          section.text("negative"), section.text("then"), section.text("otherwise"));
    }
  },
  PRODUCT("product") {
    @Override
    FieldSource make(MappingSection section) {
      List<String> columns = new ArrayList<>();
      BigDecimal constant = BigDecimal.ONE;
      for (String factor : section.texts("product")) {
        if (PlainNumber.is(factor)) {
          constant = constant.multiply(new BigDecimal(factor));
        } else {
          columns.add(factor);
        }
      }
      return new FieldSource.Product(columns, constant);
    }
  },
  TIME("time", "format", "zone") {
    @Override
    FieldSource make(MappingSection section) {
      String format = section.text("format");
      return new FieldSource.Time(
          section.text("time"), format, formatter(section, format), zone(section));
    }
  };

  private final String first;
  private final Set<String> keys;

  FieldSourceForm(String... keys) {
    this.first = keys[0];
    this.keys = Set.copyOf(List.of(keys));
  }

  abstract FieldSource make(MappingSection section);

  /**
   * @throws DataException if the section has none of the forms
   */
  static FieldSource read(MappingSection section) {
    Set<String> firsts = new LinkedHashSet<>();
    for (FieldSourceForm form : values()) {
      if (section.has(form.first)) {
        section.allowOnly(form.keys);
        return form.make(section);
      }
      firsts.add(form.first);
    }
    throw section.wrong("source", String.join(", ", section.keys()), "one of " + firsts);
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
