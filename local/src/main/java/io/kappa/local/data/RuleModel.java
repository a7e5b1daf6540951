package io.kappa.local.data;

import io.kappa.common.event.Rule;
import io.kappa.common.event.serde.Topics;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Rules for transactions, in the language of the job {@code fraud-detection}, with ids that none of
 * the rules has which are shipped with it. All are told at the beginning and once a day after that,
 * mostly in the same words, so that readers of a topic with few events know how far time has come;
 * some of them change once in a while, and one holds for half of each day.
 */
final class RuleModel implements EventModel<Rule> {

  /**
   * A rule, and how its parameters change.
   *
   * @param days how long one wording is told; then the next, and after the last the first again
   * @param hours how long it holds each time it's told; 0: until it's told again, and on
   * @param wordings canonical JSON
   */
  private record Telling(String ruleId, String kind, int days, int hours, List<String> wordings) {

    static Telling same(String ruleId, String kind, String wording) {
      return new Telling(ruleId, kind, 1, 0, List.of(wording));
    }

    Rule at(long at, long day) {
      int current = (int) Math.floorMod(Math.floorDiv(day, days), (long) wordings.size());
      Long to = hours == 0 ? null : Long.valueOf(at + TimeUnit.HOURS.toMillis(hours));
      return new Rule(ruleId, kind, wordings.get(current), at, to);
    }
  }

  private static final List<Telling> TELLINGS =
      List.of(
          new Telling(
              "house-limit",
              "amount-above",
              14,
              0,
              List.of("{\"amountCents\":30000}", "{\"amountCents\":40000}")),
          Telling.same(
              "house-average",
              "average-above",
              "{\"amountCents\":10000,\"atLeast\":10,\"times\":4,\"window\":\"30d\"}"),
          Telling.same(
              "house-account-day",
              "sum-above",
              "{\"amountCents\":100000,\"per\":\"account\",\"window\":\"1d\"}"),
          new Telling(
              "house-account-hour",
              "count-above",
              21,
              0,
              List.of(
                  "{\"count\":4,\"per\":\"account\",\"window\":\"1h\"}",
                  "{\"count\":5,\"per\":\"account\",\"window\":\"1h\"}")),
          Telling.same(
              "house-terminal-day",
              "sum-above",
              "{\"amountCents\":100000,\"per\":\"terminal\",\"window\":\"1d\"}"),
          Telling.same(
              "house-terminal", "terminal-suspected", "{\"confirmed\":3,\"window\":\"14d\"}"),
          new Telling("house-half-day", "amount-above", 1, 12, List.of("{\"amountCents\":25000}")));

  /** How many rules there are. */
  static final int RULES = TELLINGS.size();

  private final WorldSettings world;
  private long told;

  private RuleModel(WorldSettings world) {
    this.world = world;
  }

  /** The records of a generated topic {@code rules}, without end. */
  static RecordStream<Rule> records(WorldSettings world) {
    GeneratorSettings settings = world.of(Topics.RULES);
    return new RecordStream<>(
        Topics.RULES,
        settings,
        new SplittableRandom(settings.seed()),
        new RuleModel(world),
        number -> moment(settings, number),
        RULES);
  }

  /** The first of each comes at once. */
  private static long moment(GeneratorSettings settings, long number) {
    return number < RULES ? settings.startAt() + number : settings.moment(number - RULES + 1);
  }

  @Override
  public Rule next(String id, long at) {
    Telling next = TELLINGS.get((int) (told++ % TELLINGS.size()));
    return next.at(at, world.day(at));
  }
}
