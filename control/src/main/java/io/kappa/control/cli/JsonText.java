package io.kappa.control.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Facts as JSON for other programs, laid out so that people can read them too. */
final class JsonText {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private JsonText() {}

  static String of(Object facts) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(facts);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("these facts can't be said as JSON: " + facts, e);
    }
  }
}
