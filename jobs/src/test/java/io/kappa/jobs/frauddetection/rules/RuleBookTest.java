package io.kappa.jobs.frauddetection.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.jobs.frauddetection.rules.Condition.AmountAbove;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Which wording of a rule holds when, in whatever order they come. */
class RuleBookTest {

  private static final long END = 60;

  private static Wording wording(long cents, long from, long to) {
    return new Wording("r", "cents " + cents, new AmountAbove(cents), from, to);
  }

  private static Wording wording(long cents, long from) {
    return wording(cents, from, Long.MAX_VALUE);
  }

  private static Optional<AmountAbove> holding(RuleBook book, long at) {
    return book.holding(at).stream().map(each -> (AmountAbove) each.condition()).findFirst();
  }

  private static RuleBook book(Wording... wordings) {
    return new RuleBook(List.of(wordings));
  }

  @Test
  void theWordingHoldsThatBeganLast() {
    RuleBook book = book(wording(2, 20), wording(1, 10));

    assertThat(holding(book, 9)).isEmpty();
    assertThat(holding(book, 10)).contains(new AmountAbove(1));
    assertThat(holding(book, 19)).contains(new AmountAbove(1));
    assertThat(holding(book, 20)).contains(new AmountAbove(2));
  }

  @Test
  void aWordingThatEndedGivesNoEarlierOneItsPlaceBack() {
    RuleBook book = book(wording(1, 10), wording(2, 20, 30));

    assertThat(holding(book, 29)).contains(new AmountAbove(2));
    assertThat(holding(book, 30)).isEmpty();
  }

  @Test
  void aWordingThatEndsWhenItBeginsSwitchesTheRuleOff() {
    RuleBook book = book(wording(1, 10).fromEverOn(), wording(1, 20, 20));

    assertThat(holding(book, 19)).contains(new AmountAbove(1));
    assertThat(holding(book, 20)).isEmpty();
  }

  @Test
  void restatingChangesNothing() {
    RuleBook book = book(wording(1, 10));

    assertThat(book.put(wording(1, 20))).contains(Span.NONE);
    assertThat(book.put(wording(1, 20))).isEmpty();
  }

  @Test
  void whatWasRestatedStillHoldsWhenAnEarlierWordingIsReadLater() {
    RuleBook book = book(wording(1, 10), wording(1, 20));

    assertThat(book.put(wording(2, 15))).contains(new Span(15, 20));
    assertThat(holding(book, 20)).contains(new AmountAbove(1));
  }

  @Test
  void restatingWithAnotherEndChangesWhatLiesBetweenTheEnds() {
    RuleBook book = book(wording(1, 10, 40));

    assertThat(book.put(wording(1, 20, 30))).contains(new Span(30, 40));
    assertThat(book.put(wording(1, 25))).contains(new Span(30, Long.MAX_VALUE));
  }

  @Test
  void ofTwoFromTheSameMomentOneCountsWhicheverCameFirst() {
    Wording[] both = {wording(1, 10), wording(2, 10)};

    assertThat(holding(book(both[0], both[1]), 10)).contains(new AmountAbove(2));
    assertThat(holding(book(both[1], both[0]), 10)).contains(new AmountAbove(2));
    assertThat(holding(book(wording(1, 10, 20), wording(1, 10)), 20)).isPresent();
    assertThat(holding(book(wording(1, 10), wording(1, 10, 20)), 20)).isPresent();
  }

  @Test
  void whatIsSupersededIsForgottenAndTheLastStays() {
    RuleBook book = book(wording(1, 10), wording(2, 20, 21), wording(3, 30));

    assertThat(book.forgetUntil("r", 25)).containsExactly(wording(1, 10));
    assertThat(book.forgetUntil("r", 25)).isEmpty();
    assertThat(holding(book, 26)).isEmpty();
    assertThat(holding(book, 30)).contains(new AmountAbove(3));
  }

  @Test
  void rulesHoldInTheOrderOfTheirIds() {
    Wording b = new Wording("b", "", new AmountAbove(1), 0, 9);
    Wording a = new Wording("a", "", new AmountAbove(1), 0, 9);

    assertThat(book(b, a).holding(5)).containsExactly(a, b);
  }

  @Test
  void whateverTheOrderTheSameHoldsAndExactlyWhatChangedIsSaid() {
    for (long seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      List<Wording> wordings = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        long from = random.nextInt((int) END);
        long to = random.nextBoolean() ? Long.MAX_VALUE : from + random.nextInt(20);
        wordings.add(wording(random.nextInt(3), from, to));
      }
      Collections.shuffle(wordings, random);
      RuleBook book = book();
      for (Wording next : wordings) {
        List<Optional<AmountAbove>> before = everywhere(book);
        Span changed = book.put(next).orElse(Span.NONE);
        assertThat(changes(before, everywhere(book))).as("seed %d", seed).isEqualTo(in(changed));
      }
      assertThat(everywhere(book)).as("seed %d", seed).isEqualTo(naive(wordings));
    }
  }

  private static List<Optional<AmountAbove>> everywhere(RuleBook book) {
    return LongStream.range(0, END).mapToObj(at -> holding(book, at)).toList();
  }

  private static List<Long> changes(
      List<Optional<AmountAbove>> before, List<Optional<AmountAbove>> after) {
    return LongStream.range(0, END)
        .filter(at -> !before.get((int) at).equals(after.get((int) at)))
        .boxed()
        .toList();
  }

  private static List<Long> in(Span span) {
    return LongStream.range(0, END)
        .filter(at -> at >= span.from() && at < span.until())
        .boxed()
        .toList();
  }

  private static List<Optional<AmountAbove>> naive(List<Wording> wordings) {
    return LongStream.range(0, END)
        .mapToObj(
            at ->
                wordings.stream()
                    .filter(each -> each.from() <= at)
                    .max(
                        Comparator.comparingLong(Wording::from)
                            .thenComparing(Wording::text)
                            .thenComparing(Wording::to))
                    .filter(each -> at < each.to())
                    .map(each -> (AmountAbove) each.condition()))
        .toList();
  }
}
