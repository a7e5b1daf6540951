package io.kappa.control.mistakes;

import static io.kappa.control.mistakes.Mistake.called;

import io.kappa.common.event.Activity;
import io.kappa.common.event.Activity.Kind;
import io.kappa.common.event.serde.Topics;
import io.kappa.common.job.Change;
import io.kappa.jobs.activitymetrics.CountryHourly;
import io.kappa.jobs.activitymetrics.ItemHourly;
import io.kappa.jobs.activitymetrics.ItemTotal;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Wrong versions of {@code activity-metrics}, of kinds that people write. */
final class Mistakes {

  private static final long HOUR = 3_600_000L;
  private static final long HALF_PAST_FIVE = 5 * HOUR + HOUR / 2;
  private static final long DAY = 24 * HOUR;
  private static final AtomicLong NUMBERS = new AtomicLong();
  private static final Set<Kind> WATCHING = Set.of(Kind.VIEW, Kind.PLAY);

  private Mistakes() {}

  static List<Mistake> all() {
    List<Mistake> all = new ArrayList<>();
    all.addAll(ofTime());
    all.addAll(ofTrade());
    all.addAll(ofUsersAndNames());
    all.addAll(ofCopies());
    all.addAll(ofFilters());
    all.addAll(ofRows());
    return all;
  }

  private static List<Mistake> ofTime() {
    return List.of(
        called("an hour too late")
            .each(a -> one(Edit.of(a).at(a.at() + HOUR)))
            .timeless()
            .rows("item_totals", totalsShifted(-HOUR), plainTotalsShifted(-HOUR)),
        called("hours of a zone half an hour off")
            .each(a -> one(Edit.of(a).at(a.at() + HALF_PAST_FIVE)))
            .timeless()
            .rows(
                "item_hourly",
                (Change<ItemHourly> c) -> like(c, hourly(c.row(), -HALF_PAST_FIVE)),
                row -> with(row, 1, (Long) row.get(1) - HALF_PAST_FIVE))
            .rows(
                "country_hourly",
                (Change<CountryHourly> c) -> like(c, country(c.row(), -HALF_PAST_FIVE)),
                row -> with(row, 1, (Long) row.get(1) - HALF_PAST_FIVE))
            .rows(
                "item_totals", totalsShifted(-HALF_PAST_FIVE), plainTotalsShifted(-HALF_PAST_FIVE)),
        called("local time taken for UTC, across the end of summer time")
            .each(a -> one(Edit.of(a).at(a.at() + offsetInBerlin(a.at()))))
            .timeless(),
        called("days instead of hours")
            .each(a -> one(Edit.of(a).at(a.at() - a.at() % DAY)))
            .timeless(),
        called("an hour's first moment counted to the hour before")
            .each(a -> one(a.at() % HOUR == 0 ? Edit.of(a).at(a.at() - 1) : a))
            .timeless(),
        called("seconds where milliseconds were meant")
            .each(a -> one(Edit.of(a).at(a.at() / 1_000)))
            .timeless());
  }

  private static List<Mistake> ofTrade() {
    return List.of(
        called("returns lost").each(a -> a.kind() == Kind.RETURN ? List.of() : one(a)),
        called("returns added instead of taken off")
            .each(
                a ->
                    one(
                        a.kind() == Kind.RETURN
                            ? Edit.of(a).trade(absolute(a.quantity()), absolute(a.amountCents()))
                            : a)),
        called("quantity of purchases only")
            .each(a -> one(a.kind() == Kind.RETURN ? Edit.of(a).trade(null, a.amountCents()) : a)),
        called("money in an int")
            .each(
                a ->
                    one(
                        a.amountCents() == null
                            ? a
                            : Edit.of(a)
                                .trade(a.quantity(), (long) (int) a.amountCents().longValue()))),
        called("quantity in an int")
            .each(
                a ->
                    one(
                        a.quantity() == null
                            ? a
                            : Edit.of(a)
                                .trade((long) (int) a.quantity().longValue(), a.amountCents()))),
        called("money as a float")
            .each(
                a ->
                    one(
                        a.amountCents() == null
                            ? a
                            : Edit.of(a)
                                .trade(a.quantity(), (long) (float) a.amountCents().longValue()))),
        called("money in whole units")
            .each(
                a ->
                    one(
                        a.amountCents() == null
                            ? a
                            : Edit.of(a).trade(a.quantity(), a.amountCents() / 100 * 100))),
        called("no quantity taken for one")
            .each(a -> one(a.quantity() == null ? Edit.of(a).trade(1L, a.amountCents()) : a)),
        called("clicks counted as purchases")
            .each(a -> one(a.kind() == Kind.CLICK ? Edit.of(a).kind(Kind.PURCHASE) : a)),
        called("nothing below zero")
            .each(
                a ->
                    one(
                        a.quantity() != null && a.quantity() < 0
                            ? Edit.of(a).trade(0L, a.amountCents())
                            : a)));
  }

  private static List<Mistake> ofUsersAndNames() {
    return List.of(
        called("events of nobody dropped").each(a -> a.userId() == null ? List.of() : one(a)),
        called("nobody counted as a user")
            .each(a -> one(a.userId() == null ? Edit.of(a).user("null") : a)),
        called("all users taken for one")
            .each(a -> one(a.userId() == null ? a : Edit.of(a).user("u"))),
        called("no country taken for a country")
            .each(a -> one(a.country() == null ? Edit.of(a).country("null") : a)),
        called("events without a country dropped")
            .each(a -> a.country() == null ? List.of() : one(a)),
        called("countries in capitals")
            .each(
                a ->
                    one(
                        a.country() == null
                            ? a
                            : Edit.of(a).country(a.country().toUpperCase(Locale.ROOT)))),
        called("items in small letters")
            .each(a -> one(Edit.of(a).item(a.itemId().toLowerCase(Locale.ROOT)))),
        called("items with accents composed")
            .each(
                a -> one(Edit.of(a).item(Normalizer.normalize(a.itemId(), Normalizer.Form.NFC)))));
  }

  private static List<Mistake> ofCopies() {
    return List.of(
        called("copies counted again")
            .each(a -> one(Edit.of(a).id(a.eventId() + "#" + NUMBERS.incrementAndGet()))),
        called("copies of one kind counted again")
            .each(
                a ->
                    one(
                        a.kind() == Kind.PURCHASE
                            ? Edit.of(a).id(a.eventId() + "#" + NUMBERS.incrementAndGet())
                            : a)),
        called("twins taken for copies")
            .each(a -> one(Edit.of(a).id(Edit.of(Edit.of(a).id("")).device("").toString()))),
        called("events behind others counted twice").events(Mistakes::twiceIfBehind));
  }

  private static List<Mistake> ofFilters() {
    return List.of(
        called("late events let in").set("lateness", "300d", tables -> tables.lateBy(300 * DAY)),
        called("a lateness too short").set("lateness", "5m", tables -> tables.lateBy(5 * 60_000)),
        called("the future let in")
            .set("future", "400000d", tables -> tables.futureFrom(400_000 * DAY)),
        called("short views let in").set("min-watch", "0", tables -> tables.wanting(a -> true)),
        called("a view just long enough left out")
            .wanting(
                a ->
                    !WATCHING.contains(a.kind())
                        || a.durationMs() == null
                        || a.durationMs() > NastyLog.MIN_WATCH),
        called("short events of any kind left out")
            .wanting(a -> a.durationMs() == null || a.durationMs() >= NastyLog.MIN_WATCH),
        called("views that don't say how long left out")
            .wanting(
                a ->
                    !WATCHING.contains(a.kind())
                        || (a.durationMs() != null && a.durationMs() >= NastyLog.MIN_WATCH)),
        called("short plays let in")
            .wanting(a -> a.kind() == Kind.PLAY || PlainTables.isLongEnough(a)),
        called("likes and shares counted as watching")
            .each(
                a ->
                    one(
                        a.kind() == Kind.LIKE || a.kind() == Kind.SHARE
                            ? Edit.of(a).kind(Kind.VIEW)
                            : a)),
        called("likes forgotten").each(a -> a.kind() == Kind.LIKE ? List.of() : one(a)),
        called("one partition forgotten").each(a -> "p1".equals(a.device()) ? List.of() : one(a)),
        called("unknown kinds let in").decoding(Mistakes::starersClick));
  }

  private static List<Mistake> ofRows() {
    return List.of(
        called("watching in whole seconds")
            .rows(
                "item_hourly",
                (Change<ItemHourly> c) -> like(c, inSeconds(c.row())),
                row -> with(row, 4, (Long) row.get(4) / 1_000 * 1_000)),
        called("first and last mixed up")
            .rows(
                "item_totals",
                (Change<ItemTotal> c) -> like(c, swapped(c.row())),
                row -> with(with(row, 4, row.get(5)), 5, row.get(4))),
        called("countries without revenue deleted")
            .keeping(
                "country_hourly",
                (Change<CountryHourly> c) ->
                    c.row().revenueCents() == 0 ? Change.delete(c.row()) : c,
                row -> (Long) row.get(3) != 0),
        called("quiet hours deleted")
            .keeping(
                "item_hourly",
                (Change<ItemHourly> c) -> c.row().events() < 2 ? Change.delete(c.row()) : c,
                row -> (Long) row.get(2) >= 2));
  }

  private static List<Activity> one(Activity activity) {
    return List.of(activity);
  }

  private static Long absolute(Long number) {
    return number == null ? null : (Long) Math.abs(number);
  }

  private static long offsetInBerlin(long at) {
    return 1_000L
        * ZoneId.of("Europe/Berlin")
            .getRules()
            .getOffset(Instant.ofEpochMilli(at))
            .getTotalSeconds();
  }

  private static Function<Activity, List<Activity>> twiceIfBehind() {
    Map<String, Long> highest = new HashMap<>();
    return a -> {
      boolean behind = a.at() < highest.getOrDefault(a.device(), Long.MIN_VALUE);
      highest.merge(a.device(), a.at(), Math::max);
      return behind ? List.of(a, Edit.of(a).id(a.eventId() + " again")) : List.of(a);
    };
  }

  private static io.kappa.common.event.serde.Decoded<Activity> starersClick(byte[] value) {
    String text = value == null ? "" : new String(value, StandardCharsets.UTF_8);
    return text.contains("\"stare\"")
        ? Topics.ACTIVITY
            .decoder()
            .decode(text.replace("\"stare\"", "\"click\"").getBytes(StandardCharsets.UTF_8))
        : Topics.ACTIVITY.decoder().decode(value);
  }

  private static <R> Change<R> like(Change<R> change, R row) {
    return new Change<>(change.deleted(), row);
  }

  private static Variant.Rows<ItemTotal> totalsShifted(long by) {
    return c ->
        like(
            c,
            new ItemTotal(
                c.row().itemId(),
                c.row().events(),
                c.row().quantity(),
                c.row().revenueCents(),
                c.row().firstAt() + by,
                c.row().lastAt() + by));
  }

  private static UnaryOperator<List<Object>> plainTotalsShifted(long by) {
    return row -> with(with(row, 4, (Long) row.get(4) + by), 5, (Long) row.get(5) + by);
  }

  private static ItemTotal swapped(ItemTotal row) {
    return new ItemTotal(
        row.itemId(),
        row.events(),
        row.quantity(),
        row.revenueCents(),
        row.lastAt(),
        row.firstAt());
  }

  private static ItemHourly hourly(ItemHourly row, long by) {
    return new ItemHourly(
        row.itemId(),
        row.hour() + by,
        row.events(),
        row.users(),
        row.watchMs(),
        row.quantity(),
        row.revenueCents());
  }

  private static ItemHourly inSeconds(ItemHourly row) {
    return new ItemHourly(
        row.itemId(),
        row.hour(),
        row.events(),
        row.users(),
        row.watchMs() / 1_000 * 1_000,
        row.quantity(),
        row.revenueCents());
  }

  private static CountryHourly country(CountryHourly row, long by) {
    return new CountryHourly(row.country(), row.hour() + by, row.events(), row.revenueCents());
  }

  private static List<Object> with(List<Object> row, int index, Object value) {
    List<Object> changed = new ArrayList<>(row);
    changed.set(index, value);
    return changed;
  }
}
