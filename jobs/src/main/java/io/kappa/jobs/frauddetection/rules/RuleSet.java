package io.kappa.jobs.frauddetection.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kappa.common.event.Rule;
import io.kappa.common.event.serde.Decoded;
import io.kappa.common.event.serde.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Rules that are shipped: as files of rule events, and built into the job. */
public enum RuleSet {
  NONE,
  DEFAULT,
  BETTER;

  /** The name as a parameter has it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The set of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static RuleSet named(String name) {
    return Stream.of(values())
        .filter(set -> set.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "allowed is one of "
                        + String.join(", ", Stream.of(values()).map(RuleSet::toString).toList())));
  }

  /** The events that the set's file holds. */
  public List<Rule> rules() {
    return this == NONE ? List.of() : lines().map(this::rule).toList();
  }

  /**
   * The set's rules, as if they had always been said.
   *
   * @param longest the longest window that is allowed, in milliseconds
   * @throws IllegalArgumentException if one has a longer window
   */
  public List<Wording> wordings(long longest) {
    return rules().stream().map(rule -> wording(rule, longest)).toList();
  }

  private Wording wording(Rule rule, long longest) {
    Reading reading = RuleLanguage.read(rule, longest);
    if (reading instanceof Reading.Bad bad) {
      throw new IllegalArgumentException(
          "builtin-rules=%s: rule %s, %s".formatted(this, rule.ruleId(), bad.problem()));
    }
    return ((Reading.Ok) reading).wording().fromEverOn();
  }

  private Rule rule(String line) {
    if (Topics.RULES.decoder().decode(line.getBytes(UTF_8)) instanceof Decoded.Ok<Rule> ok) {
      return ok.event();
    }
    throw new IllegalStateException("Rule set %s holds what is no rule: %s".formatted(this, line));
  }

  private Stream<String> lines() {
    String file = "/rules/" + this + ".ndjson";
    try (InputStream in = RuleSet.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("The jar has no " + file);
      }
      return new String(in.readAllBytes(), UTF_8).lines().filter(line -> !line.isBlank());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
