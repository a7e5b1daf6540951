package io.kappa.jobs.frauddetection.rules;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All rules with their wordings. At any moment that wording of a rule is the one in question that
 * begins last, at that moment or before it; and it holds unless it has ended. In which order the
 * wordings came doesn't matter.
 */
public final class RuleBook {

  private final TreeMap<String, NavigableMap<Long, Wording>> rules = new TreeMap<>();

  /** A book that begins with these wordings. */
  public RuleBook(Collection<Wording> known) {
    known.forEach(this::put);
  }

  /**
   * Takes a wording in.
   *
   * @return the span in which something else holds than before, which is empty where the rule is
   *     only restated; or nothing, if the book has that wording or one of the same moment that wins
   */
  public Optional<Span> put(Wording wording) {
    NavigableMap<Long, Wording> wordings =
        rules.computeIfAbsent(wording.ruleId(), ruleId -> new TreeMap<>());
    Wording same = wordings.get(wording.from());
    if (same != null && !wording.winsOver(same)) {
      return Optional.empty();
    }
    Map.Entry<Long, Wording> before = wordings.floorEntry(wording.from());
    Long next = wordings.higherKey(wording.from());
    wordings.put(wording.from(), wording);
    return Optional.of(
        changed(
            before == null ? null : before.getValue(),
            wording,
            next == null ? Long.MAX_VALUE : next));
  }

  private static Span changed(Wording before, Wording after, long next) {
    long from = after.from();
    long beforeEnds = before == null ? from : within(before.to(), from, next);
    long afterEnds = within(after.to(), from, next);
    boolean same = before != null && before.condition().equals(after.condition());
    Span span =
        new Span(same ? Math.min(beforeEnds, afterEnds) : from, Math.max(beforeEnds, afterEnds));
    return span.isEmpty() ? Span.NONE : span;
  }

  private static long within(long moment, long from, long until) {
    return Math.max(from, Math.min(moment, until));
  }

  /** The wordings that hold at a moment, in the order of their rules' ids. */
  public List<Wording> holding(long at) {
    List<Wording> holding = new ArrayList<>();
    for (NavigableMap<Long, Wording> wordings : rules.values()) {
      Map.Entry<Long, Wording> last = wordings.floorEntry(at);
      if (last != null && at < last.getValue().to()) {
        holding.add(last.getValue());
      }
    }
    return holding;
  }

  /**
   * Forgets the wordings of a rule that are in question at no moment after this one. The last that
   * begins until then stays, even if it has ended: it is what keeps earlier ones from holding.
   *
   * @return what was forgotten
   */
  public List<Wording> forgetUntil(String ruleId, long moment) {
    NavigableMap<Long, Wording> wordings = rules.get(ruleId);
    Long last = wordings == null ? null : wordings.floorKey(moment);
    if (last == null) {
      return List.of();
    }
    Map<Long, Wording> superseded = wordings.headMap(last, false);
    List<Wording> forgotten = List.copyOf(superseded.values());
    superseded.clear();
    return forgotten;
  }
}
