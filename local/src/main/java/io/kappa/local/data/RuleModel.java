package io.kappa.local.data;

import io.kappa.common.event.Rule;
import io.kappa.common.event.serde.Topics;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Rules for transactions. All are told at the beginning and once a day after that, mostly in the
 * same words, so that readers of a topic with few events know how far time has come; some of them
 * change once in a while.
 */
final class RuleModel implements EventModel<Rule> {

  /**
   * A rule, and how its parameters change.
   *
   * @param days how long one wording holds; then the next, and after the last the first again
   * @param wordings canonical JSON
   */
  private record Wording(String ruleId, String kind, int days, List<String> wordings) {

    Rule at(long at, long day) {
      int current = (int) Math.floorMod(Math.floorDiv(day, days), (long) wordings.size());
      return new Rule(ruleId, kind, wordings.get(current), at, null);
    }
  }

  private static final List<Wording> WORDINGS =
      List.of(
          new Wording(
              "large-amount",
              "amount-above",
              21,
              List.of("{\"amountCents\":22000}", "{\"amountCents\":25000}")),
          new Wording(
              "unlike-the-account",
              "amount-above-average",
              60,
              List.of("{\"days\":30,\"leastCount\":5,\"times\":4}")),
          new Wording(
              "account-spends-much",
              "sum-above",
              60,
              List.of("{\"amountCents\":100000,\"per\":\"account\",\"window\":\"24h\"}")),
          new Wording(
              "account-pays-often",
              "count-above",
              14,
              List.of(
                  "{\"count\":12,\"per\":\"account\",\"window\":\"24h\"}",
                  "{\"count\":14,\"per\":\"account\",\"window\":\"24h\"}")),
          new Wording(
              "terminal-takes-much",
              "sum-above",
              60,
              List.of("{\"amountCents\":200000,\"per\":\"terminal\",\"window\":\"24h\"}")),
          new Wording(
              "many-terminals", "terminals-above", 60, List.of("{\"count\":5,\"window\":\"1h\"}")),
          new Wording(
              "bad-terminal", "terminal-suspected", 60, List.of("{\"days\":28,\"frauds\":1}")));

  /** How many rules there are. */
  static final int RULES = WORDINGS.size();

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
    Wording next = WORDINGS.get((int) (told++ % WORDINGS.size()));
    return next.at(at, world.day(at));
  }
}
