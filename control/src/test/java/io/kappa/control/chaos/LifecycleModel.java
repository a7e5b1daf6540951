package io.kappa.control.chaos;

import io.kappa.control.chaos.Catalogue.Entry;
import io.kappa.control.chaos.Catalogue.Leg;
import io.kappa.control.chaos.Catalogue.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What may become of versions, told once more: the audit trail is played from its beginning, each
 * entry has to be allowed where it stands, and what comes out has to be what the catalogue shows.
 */
final class LifecycleModel {

  private static final Set<String> NO_CANDIDATE = Set.of("LIVE", "STANDBY", "RETIRED", "ABORTED");

  private final Map<Integer, String> phases = new TreeMap<>();
  private final Map<Integer, Long> leftAt = new TreeMap<>();
  private final Map<Integer, Integer> legs = new TreeMap<>();
  private final Catalogue seen;
  private final List<String> wrong = new ArrayList<>();
  private int live = 1;
  private long generation = 1;

  private LifecycleModel(Catalogue seen) {
    this.seen = seen;
  }

  /** What of the catalogue the model doesn't allow; empty if nothing. */
  static List<String> against(Catalogue seen) {
    LifecycleModel model = new LifecycleModel(seen);
    seen.audit().forEach(model::play);
    model.compare();
    return model.wrong;
  }

  private boolean isLaunch(int version) {
    return seen.versions().get(version).purpose().equals("LAUNCH");
  }

  private void play(Entry entry) {
    int version = entry.version();
    switch (entry.event()) {
      case "created" -> create(entry);
      case "replaying" -> move(entry, Set.of("CREATED"), "REPLAYING");
      case "has come to the log's end of its launch" ->
          move(entry, Set.of("CREATED", "REPLAYING"), "LIVE");
      case "fence taken" -> {
        move(entry, Set.of("CREATED", "COMPARED"), "REPLAYING");
        nextLeg(entry);
      }
      case "at the fence" -> move(entry, Set.of("REPLAYING"), "FENCED");
      case "compared" -> move(entry, Set.of("FENCED"), "COMPARED");
      case "catching up" -> {
        move(entry, Set.of("COMPARED"), "CATCHING_UP");
        nextLeg(entry);
      }
      case "ready" -> move(entry, Set.of("CATCHING_UP"), "READY");
      case "verified" -> move(entry, Set.of("COMPARED"), "RETIRED");
      case "failed" -> move(entry, Set.copyOf(phases.values()), "FAILED");
      case "cut over" -> cutOver(entry);
      case "rolled back" -> rollBack(entry);
      case "retired" -> {
        move(entry, Set.of("STANDBY"), "RETIRED");
        raised(entry);
      }
      case "aborted" -> {
        if (NO_CANDIDATE.contains(phases.get(version))) {
          wrong.add("aborted what is no candidate: " + entry);
        }
        phases.put(version, "ABORTED");
        raised(entry);
      }
      case "dropped" -> move(entry, Set.of("RETIRED", "ABORTED"), phases.get(version));
      case "submitted", "set" -> {}
      default -> wrong.add("an event that the model doesn't know: " + entry);
    }
  }

  private void create(Entry entry) {
    if (phases.put(entry.version(), "CREATED") != null) {
      wrong.add("created twice: " + entry);
    }
    if (entry.version() != phases.size()) {
      wrong.add("a number was left out: " + entry);
    }
    long candidates =
        phases.entrySet().stream()
            .filter(each -> !isLaunch(each.getKey()) && !NO_CANDIDATE.contains(each.getValue()))
            .count();
    if (candidates > 1) {
      wrong.add("a second candidate: %s beside %s".formatted(entry, phases));
    }
  }

  private void move(Entry entry, Set<String> from, String to) {
    String before = phases.get(entry.version());
    if (before == null || !from.contains(before)) {
      wrong.add("%s from %s; allowed is from %s".formatted(entry, before, from));
    }
    phases.put(entry.version(), to);
  }

  private void nextLeg(Entry entry) {
    int number = Integer.parseInt(entry.detail().get("leg"));
    int before = legs.getOrDefault(entry.version(), 0);
    if (number != before + 1) {
      wrong.add("leg %d after leg %d: %s".formatted(number, before, entry));
    }
    legs.put(entry.version(), number);
  }

  private void raised(Entry entry) {
    long to = Long.parseLong(entry.detail().get("generation"));
    if (to != generation + 1) {
      wrong.add("generation %d after %d: %s".formatted(to, generation, entry));
    }
    generation = to;
  }

  private void cutOver(Entry entry) {
    leave(entry);
    move(entry, Set.of("READY"), "LIVE");
    phases.put(live, phases.get(live).equals("FAILED") ? "FAILED" : "STANDBY");
    arrive(entry);
  }

  private void rollBack(Entry entry) {
    leave(entry);
    int expected =
        phases.entrySet().stream()
            .filter(each -> each.getKey() < live && each.getValue().equals("STANDBY"))
            .map(Map.Entry::getKey)
            .max((a, b) -> Long.compare(leftAt.getOrDefault(a, 0L), leftAt.getOrDefault(b, 0L)))
            .orElse(0);
    if (entry.version() != expected) {
      wrong.add("rolled back to another version than v%d: %s".formatted(expected, entry));
    }
    move(entry, Set.of("STANDBY"), "LIVE");
    boolean other =
        phases.entrySet().stream()
            .filter(each -> each.getKey() != live && !isLaunch(each.getKey()))
            .anyMatch(each -> !NO_CANDIDATE.contains(each.getValue()));
    phases.put(live, other ? "STANDBY" : "READY");
    arrive(entry);
  }

  private void leave(Entry entry) {
    if (!entry.detail().get("from").equals(Integer.toString(live))) {
      wrong.add("v%d was live: %s".formatted(live, entry));
    }
    leftAt.put(live, entry.id());
  }

  /** Readers can't have seen more of the log before than after. */
  private void arrive(Entry entry) {
    Map<Integer, Long> after = Catalogue.activity(entry.detail().get("toFrontier"));
    Catalogue.activity(entry.detail().get("fromFrontier"))
        .forEach(
            (partition, next) -> {
              if (after.get(partition) < next) {
                wrong.add("readers were sent back in partition %d: %s".formatted(partition, entry));
              }
            });
    live = entry.version();
    raised(entry);
  }

  private void compare() {
    Map<Integer, String> shown = new TreeMap<>();
    seen.versions().forEach((number, row) -> shown.put(number, row.phase()));
    if (!shown.equals(phases)) {
      wrong.add("by the audit trail the phases are %s, shown are %s".formatted(phases, shown));
    }
    if (seen.live() != live || seen.generation() != generation) {
      wrong.add(
          "by the audit trail v%d is live in generation %d, shown is %s"
              .formatted(live, generation, seen.line()));
    }
    Row pointed = seen.versions().get(seen.live());
    if (!pointed.phase().equals("LIVE")) {
      wrong.add("the pointer shows v%d, which is %s".formatted(seen.live(), pointed.phase()));
    }
    seen.versions().forEach(this::comparePlaces);
    compareLegs();
  }

  private void comparePlaces(int number, Row row) {
    if (row.canBeSeen() && !row.attached()) {
      wrong.add("v%d is %s and not in the views".formatted(number, row.phase()));
    }
    if (row.dropped() && row.attached()) {
      wrong.add("v%d was dropped and is in the views".formatted(number));
    }
    if (row.phase().equals("FAILED")) {
      wrong.add("v%d failed: %s".formatted(number, row.failure()));
    }
  }

  private void compareLegs() {
    Leg before = null;
    for (Leg leg : seen.legs()) {
      boolean first = before == null || before.version() != leg.version();
      if (leg.number() != (first ? 1 : before.number() + 1)) {
        wrong.add("%s after %s".formatted(leg, before));
      }
      if (!first && !leg.start().equals(before.fence())) {
        wrong.add("%s doesn't begin where %s ended".formatted(leg, before));
      }
      if (!first && leg.restoredFrom() == null) {
        wrong.add("%s begins from nothing after %s".formatted(leg, before));
      }
      before = leg;
    }
  }
}
