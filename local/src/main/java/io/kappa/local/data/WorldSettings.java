package io.kappa.local.data;

import io.kappa.common.event.serde.Topic;
import io.kappa.common.event.serde.Topics;
import io.kappa.local.data.GeneratorSettings.Shares;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What a generated world is made of, over all of its topics. The same settings make the same bytes.
 *
 * @param common what holds for all topics; its step is the event time from one record to the next
 *     whichever topic they are of
 * @param topics which topics are made, each once, in the order of {@link Topics#all()}
 * @param accounts how many accounts pay
 * @param terminals how many terminals they pay at
 * @param byDaylight whether transactions are fewer by night; otherwise they come evenly
 * @param soonestLabel how long after its transaction a label comes at least, in milliseconds
 * @param latestLabel how long after its transaction a label comes at most, in milliseconds
 */
public record WorldSettings(
    GeneratorSettings common,
    List<Topic<?>> topics,
    int accounts,
    int terminals,
    boolean byDaylight,
    long soonestLabel,
    long latestLabel) {

  /** How long history is if nobody says. */
  public static final Duration SPAN = Duration.ofDays(60);

  /** How long after its transaction a label of history comes at most if nobody says. */
  public static final Duration LATEST_LABEL = Duration.ofDays(7);

  /** The same where event time is now, so that labels come while somebody watches. */
  public static final Duration LATEST_LIVE_LABEL = Duration.ofMinutes(7);

  private static final double MOST_FLAWED = 0.9;
  private static final int TERMINALS_PER_ACCOUNT = 2;
  private static final int PAYMENTS_PER_ACCOUNT_AND_DAY = 2;
  private static final int FEWEST_ACCOUNTS = 200;
  private static final int MOST_ACCOUNTS = 1_000_000;
  private static final int LABEL_SPREAD = 7;

  /** One part in so many of how many labels and rules there will be isn't known beforehand. */
  private static final int UNSURE = 200;

  private static final int PER_MILLE_RULES_AT_MOST = 10;

  public WorldSettings {
    topics = List.copyOf(topics);
    check(topics.equals(inOrder(topics)), "topics", topics, "each once, in the order of " + all());
    check(!topics.isEmpty(), "topics", topics, "one or more of " + all());
    check(
        !topics.contains(Topics.LABELS) || topics.contains(Topics.TRANSACTIONS),
        "topics",
        topics,
        "labels together with the transactions that they are of");
    Shares shares = common.shares();
    usable("duplicates", shares.duplicates());
    usable("late", shares.late());
    usable("broken", shares.broken());
    check(accounts > 0, "accounts", accounts, "1 or more");
    check(terminals > 0, "terminals", terminals, "1 or more");
    check(soonestLabel > 0, "soonestLabel", soonestLabel, "1 or more");
    check(latestLabel >= soonestLabel, "latestLabel", latestLabel, soonestLabel + " or more");
  }

  /**
   * History: so many records, over all of the topics, that fill about so much event time and not
   * more.
   *
   * @param latestLabel how long after its transaction a label comes at most; a 7th of it at least
   */
  public static WorldSettings history(
      GeneratorSettings common,
      Set<Topic<?>> topics,
      long records,
      Duration span,
      Duration latestLabel) {
    boolean wholeDays = span.toNanos() % TimeUnit.DAYS.toNanos(1) == 0;
    Duration filled = span.minus(slack(inOrder(topics), span, latestLabel));
    return of(common.over(records, filled), topics, wholeDays, latestLabel);
  }

  /**
   * What happens while somebody sends so many records a second, over all of the topics.
   *
   * @param latestLabel how long after its transaction a label comes at most; a 7th of it at least
   */
  public static WorldSettings live(
      GeneratorSettings common, Set<Topic<?>> topics, double perSecond, Duration latestLabel) {
    return of(common.atRate(perSecond), topics, false, latestLabel);
  }

  /** By how much the records would overrun the span, as the first labels take a while to come. */
  private static Duration slack(List<Topic<?>> topics, Duration span, Duration latestLabel) {
    if (!topics.contains(Topics.LABELS) && !topics.contains(Topics.RULES)) {
      return Duration.ZERO;
    }
    long meanDelay = (latestLabel.toNanos() + latestLabel.toNanos() / LABEL_SPREAD) / 2;
    long withoutLabels = Math.min(span.toNanos(), meanDelay);
    long labels = topics.contains(Topics.LABELS) ? perMille(Topics.LABELS) : 0;
    long missing =
        withoutLabels / topics.stream().mapToLong(WorldSettings::perMille).sum() * labels;
    return Duration.ofNanos(missing + span.toNanos() / UNSURE);
  }

  private static WorldSettings of(
      GeneratorSettings common, Set<Topic<?>> topics, boolean byDaylight, Duration latestLabel) {
    List<Topic<?>> inOrder = inOrder(topics);
    check(latestLabel.toMillis() >= LABEL_SPREAD, "latest label", latestLabel, "7 ms or longer");
    long step = Math.max(1, step(common, inOrder, Topics.TRANSACTIONS));
    long perAccount = TimeUnit.DAYS.toNanos(1) / step / PAYMENTS_PER_ACCOUNT_AND_DAY;
    int accounts = (int) Math.max(FEWEST_ACCOUNTS, Math.min(MOST_ACCOUNTS, perAccount));
    long latest = latestLabel.toMillis();
    return new WorldSettings(
        common,
        inOrder,
        accounts,
        TERMINALS_PER_ACCOUNT * accounts,
        byDaylight,
        latest / LABEL_SPREAD,
        latest);
  }

  /** The same with another number of accounts and terminals. */
  public WorldSettings withPayers(int newAccounts, int newTerminals) {
    return new WorldSettings(
        common, topics, newAccounts, newTerminals, byDaylight, soonestLabel, latestLabel);
  }

  /** What one of the topics is made by, on its own. */
  GeneratorSettings of(Topic<?> topic) {
    GeneratorSettings own = common.withStep(step(common, topics, topic));
    // Activity alone needs nothing else, so it is what its own generator makes.
    return topic.equals(Topics.ACTIVITY) ? own : own.withSeed(seed(topic.name().hashCode()));
  }

  /** A seed for a part of this world; another part has another. */
  long seed(long part) {
    return GeneratorSettings.mixed(
        common.seed(),
        part,
        common.startAt(),
        common.stepNanos(),
        accounts,
        terminals,
        byDaylight ? 1 : 0,
        soonestLabel,
        latestLabel);
  }

  /** Days of event time since the beginning; negative before it. */
  long day(long at) {
    return Math.floorDiv(at - common.startAt(), TimeUnit.DAYS.toMillis(1));
  }

  private static long step(GeneratorSettings common, List<Topic<?>> topics, Topic<?> topic) {
    long all = topics.stream().mapToLong(WorldSettings::perMille).sum();
    if (!topic.equals(Topics.RULES) || topics.size() == 1) {
      return common.stepNanos() * all / perMille(topic);
    }
    // Rules are told again once a day, however much else happens, but are never most of it.
    return Math.max(
        TimeUnit.DAYS.toNanos(1) / RuleModel.RULES,
        common.stepNanos() * all / PER_MILLE_RULES_AT_MOST);
  }

  /** Of the records of a world with all topics; labels and rules come as they come. */
  private static long perMille(Topic<?> topic) {
    return switch (topic.name()) {
      case "activity" -> 500;
      case "transactions" -> 250;
      case "posts" -> 140;
      case "labels" -> 59;
      case "follows" -> 50;
      case "rules" -> 1;
      default -> throw new IllegalArgumentException("nothing makes events for topic " + topic);
    };
  }

  private static List<Topic<?>> inOrder(Collection<Topic<?>> topics) {
    return all().stream().filter(topics::contains).toList();
  }

  private static List<Topic<?>> all() {
    return Topics.all();
  }

  /** Labels wait for transactions that readers can use. */
  private static void usable(String name, double share) {
    check(share <= MOST_FLAWED, "share " + name, share, "0 to " + MOST_FLAWED);
  }

  private static void check(boolean holds, String name, Object seen, String allowed) {
    GeneratorSettings.check(holds, name, seen, allowed);
  }
}
