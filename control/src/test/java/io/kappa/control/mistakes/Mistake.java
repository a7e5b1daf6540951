package io.kappa.control.mistakes;

import io.kappa.common.event.Activity;
import io.kappa.common.event.serde.EventDecoder;
import io.kappa.common.event.serde.Topics;
import io.kappa.common.job.Input;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A wrong version of {@code activity-metrics}: as a job, and as rules for {@link PlainTables}. */
final class Mistake {

  /** What becomes of one event, wherever it stands. */
  interface EachEvent extends Function<Activity, List<Activity>>, Serializable {}

  private final String name;
  private final Map<String, String> given = new HashMap<>();
  private final List<Consumer<Variant>> job = new ArrayList<>();
  private final List<Consumer<PlainTables>> rules = new ArrayList<>();

  private Mistake(String name) {
    this.name = name;
  }

  static Mistake called(String name) {
    return new Mistake(name);
  }

  Mistake set(String parameter, String value, Consumer<PlainTables> rule) {
    given.put(parameter, value);
    rules.add(rule);
    return this;
  }

  Mistake decoding(EventDecoder<Activity> decoder) {
    job.add(variant -> variant.decoding(decoder));
    rules.add(tables -> tables.decoding(decoder));
    return this;
  }

  Mistake wanting(Input.Wanted<Activity> wanted) {
    job.add(variant -> variant.wanting(wanted));
    rules.add(tables -> tables.wanting(wanted));
    return this;
  }

  Mistake each(EachEvent change) {
    return events(() -> change);
  }

  Mistake events(Variant.Events events) {
    job.add(variant -> variant.events(events));
    rules.add(tables -> tables.events(events));
    return this;
  }

  /** It shifts times, so nothing may be closed by them. */
  Mistake timeless() {
    job.add(Variant::timeless);
    return this;
  }

  /**
   * @param change what becomes of a change of the job's
   * @param plain the same for a row as a list of all its values
   */
  <R> Mistake rows(String table, Variant.Rows<R> change, UnaryOperator<List<Object>> plain) {
    job.add(variant -> variant.rows(table, change));
    rules.add(tables -> tables.rows(table, plain));
    return this;
  }

  /**
   * @param change what becomes of a change of the job's
   * @param kept which rows are left by it
   */
  <R> Mistake keeping(String table, Variant.Rows<R> change, Predicate<List<Object>> kept) {
    job.add(variant -> variant.rows(table, change));
    rules.add(tables -> tables.keeping(table, kept));
    return this;
  }

  Map<String, String> given() {
    return given;
  }

  Variant job(String topic) {
    Variant variant = new Variant(topic);
    job.forEach(change -> change.accept(variant));
    return variant;
  }

  PlainTables tables() {
    PlainTables tables = new PlainTables(Topics.ACTIVITY.decoder());
    rules.forEach(rule -> rule.accept(tables));
    return tables;
  }

  @Override
  public String toString() {
    return name;
  }
}
