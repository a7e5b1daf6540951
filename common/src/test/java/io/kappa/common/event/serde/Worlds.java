package io.kappa.common.event.serde;

import io.kappa.common.event.Activity;
import io.kappa.common.event.Event;
import io.kappa.common.event.Follow;
import io.kappa.common.event.Label;
import io.kappa.common.event.Post;
import io.kappa.common.event.Rule;
import io.kappa.common.event.Transaction;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.arbitraries.StringArbitrary;

/** Events of every topic, as they may be. */
final class Worlds {

  private Worlds() {}

  /** An event and the topic it belongs to. */
  record Case<E extends Event>(Topic<E> topic, E event) {

    byte[] encoded() {
      return Topics.encoder(topic).encode(event);
    }
  }

  /** Events of all topics. */
  static Arbitrary<Case<?>> events() {
    return Arbitraries.oneOf(
        List.of(
            cases(Topics.ACTIVITY, activities()),
            cases(Topics.POSTS, posts()),
            cases(Topics.FOLLOWS, follows()),
            cases(Topics.TRANSACTIONS, transactions()),
            cases(Topics.LABELS, labels()),
            cases(Topics.RULES, rules())));
  }

  private static <E extends Event> Arbitrary<Case<?>> cases(Topic<E> topic, Arbitrary<E> events) {
    return events.map(event -> new Case<>(topic, event));
  }

  static Arbitrary<Activity> activities() {
    return Combinators.combine(ids(), maybe(ids()), ids(), Arbitraries.of(Activity.Kind.class))
        .flatAs(
            (eventId, userId, itemId, kind) ->
                Combinators.combine(
                        moments(),
                        maybe(Arbitraries.longs().between(0, Limits.AMOUNT)),
                        maybe(amounts()),
                        maybe(amounts()),
                        maybe(ids()),
                        maybe(ids()))
                    .as(
                        (at, durationMs, quantity, amountCents, country, device) ->
                            new Activity(
                                eventId,
                                userId,
                                itemId,
                                kind,
                                at,
                                durationMs,
                                quantity,
                                amountCents,
                                country,
                                device)));
  }

  private static Arbitrary<Post> posts() {
    return Combinators.combine(ids(), ids(), texts(2000), moments(), maybe(ids())).as(Post::new);
  }

  private static Arbitrary<Follow> follows() {
    return Combinators.combine(ids(), ids(), flags(), moments()).as(Follow::new);
  }

  private static Arbitrary<Transaction> transactions() {
    Arbitrary<String> currencies = Arbitraries.of("EUR", "USD", "JPY", "XAU");
    return Combinators.combine(ids(), ids(), ids(), amounts(), currencies, moments())
        .as(Transaction::new);
  }

  private static Arbitrary<Label> labels() {
    return Combinators.combine(ids(), ids(), flags(), moments()).as(Label::new);
  }

  private static Arbitrary<Rule> rules() {
    Arbitrary<String> parameters =
        Arbitraries.of(
            "{}",
            "{\"amountCents\":100000}",
            "{\"a\":[1,2.50,1E3,null,true,\"\\\"\\\\\"],\"b\":{\"c\":{},\"d\":[]},\"\u00e9\":-0}");
    return Combinators.combine(ids(), ids(), parameters, moments(), maybe(moments()))
        .as(
            (ruleId, kind, text, from, to) ->
                new Rule(ruleId, kind, text, from, to == null ? null : Math.max(from, to)));
  }

  private static Arbitrary<String> ids() {
    return texts(Limits.ID_LENGTH);
  }

  /** Whole code points without NUL and lone surrogates; at most so many UTF-16 units. */
  private static Arbitrary<String> texts(int longest) {
    StringArbitrary basic =
        Arbitraries.strings().withCharRange('\u0001', '\ud7ff').withCharRange('\ue000', '\uffff');
    StringArbitrary plain = Arbitraries.strings().withCharRange(' ', '~');
    Arbitrary<String> astral =
        Arbitraries.strings()
            .withCharRange('a', 'c')
            .ofMaxLength(longest / 2 - 1)
            .map(text -> text.replace("a", "\ud83d\ude00") + "\u0001\"\\/\n");
    return Arbitraries.oneOf(
            basic.ofMinLength(1).ofMaxLength(longest),
            plain.ofMinLength(1).ofMaxLength(longest),
            astral)
        .filter(text -> text.length() <= longest);
  }

  private static Arbitrary<Long> moments() {
    return Arbitraries.longs().between(EventDecoder.EARLIEST_AT, Limits.LATEST_AT);
  }

  private static Arbitrary<Long> amounts() {
    return Arbitraries.longs().between(-Limits.AMOUNT, Limits.AMOUNT);
  }

  private static Arbitrary<Boolean> flags() {
    return Arbitraries.of(true, false);
  }

  private static <T> Arbitrary<T> maybe(Arbitrary<T> values) {
    return values.injectNull(0.3);
  }
}
