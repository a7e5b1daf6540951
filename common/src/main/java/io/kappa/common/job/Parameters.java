package io.kappa.common.job;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The values of a version's parameters: every declared one has a value, no other one is there. */
public final class Parameters {

  private final Map<String, String> texts;

  private Parameters(Map<String, String> texts) {
    this.texts = texts;
  }

  /**
   * Reads what was given, and the defaults for the rest.
   *
   * @throws IllegalArgumentException with all problems, numbered
   */
  public static Parameters read(Collection<Parameter<?>> declared, Map<String, String> given) {
    Map<String, String> texts = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    for (Parameter<?> parameter : declared) {
      String text = given.getOrDefault(parameter.name(), parameter.defaultText());
      try {
        parameter.read(text);
        texts.put(parameter.name(), text);
      } catch (IllegalArgumentException e) {
        problems.add(e.getMessage());
      }
    }
    TreeSet<String> names = new TreeSet<>(declared.stream().map(Parameter::name).toList());
    for (String name : given.keySet()) {
      if (!names.contains(name)) {
        problems.add(
            "%s: no such parameter; there is %s".formatted(name, String.join(", ", names)));
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(numbered(problems));
    }
    return new Parameters(texts);
  }

  private static String numbered(List<String> problems) {
    if (problems.size() == 1) {
      return problems.get(0);
    }
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < problems.size(); i++) {
      all.append(i == 0 ? "" : "; ").append(i + 1).append(") ").append(problems.get(i));
    }
    return all.toString();
  }

  /** The value of a declared parameter. */
  public <T> T get(Parameter<T> parameter) {
    String text = texts.get(parameter.name());
    if (text == null) {
      throw new IllegalArgumentException(
          "parameter %s wasn't declared".formatted(parameter.name()));
    }
    return parameter.read(text);
  }

  /** Every parameter with its value as text, in the order of declaration. */
  public Map<String, String> texts() {
    return Collections.unmodifiableMap(texts);
  }
}
