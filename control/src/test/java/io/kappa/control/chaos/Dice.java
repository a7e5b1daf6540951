package io.kappa.control.chaos;

import io.kappa.control.chaos.Catalogue.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Which commands come next: mostly one that gets somewhere, given what the catalogue shows, often
 * any other, now and then some at the same moment.
 */
final class Dice {

  private static final List<Integer> MIN_WATCH_SECONDS = List.of(0, 0, 10, 20, 30);

  private final Random random;

  Dice(Random random) {
    this.random = random;
  }

  /** The next commands; more than one: all at the same moment. */
  List<List<String>> next(Catalogue now) {
    int chance = random.nextInt(100);
    if (chance < 12) {
      return together(now);
    }
    return List.of(chance < 75 ? useful(now) : any(now));
  }

  private List<List<String>> together(Catalogue now) {
    List<List<String>> commands = new ArrayList<>();
    int number = 2 + random.nextInt(2);
    for (int i = 0; i < number; i++) {
      commands.add(
          switch (random.nextInt(6)) {
            case 0, 1 -> cutover(true);
            case 2, 3 -> rollback();
            case 4 -> retire(now);
            default -> random.nextBoolean() ? abort() : replay(false);
          });
    }
    return commands;
  }

  private List<String> useful(Catalogue now) {
    Optional<Row> candidate = now.versions().values().stream().filter(Row::isCandidate).findFirst();
    int chance = random.nextInt(100);
    if (candidate.isEmpty()) {
      long standby =
          now.versions().values().stream().filter(row -> row.phase().equals("STANDBY")).count();
      if (standby > 1) {
        return chance < 80 ? retire(now) : rollback();
      }
      return chance < 70 ? replay(false) : chance < 85 ? rollback() : verify();
    }
    return switch (candidate.get().phase()) {
      case "READY" -> cutover(chance < 85);
      case "COMPARED" -> chance < 85 ? goOn() : abort();
      case "FAILED" -> abort();
      default -> chance < 85 ? waiting() : abort();
    };
  }

  private List<String> any(Catalogue now) {
    return switch (random.nextInt(10)) {
      case 0 -> verify();
      case 1, 2 -> cutover(random.nextBoolean());
      case 3, 4 -> rollback();
      case 5 -> abort();
      case 6 -> retire(now);
      case 7 -> waiting();
      case 8 -> List.of("compare", Catalogue.JOB);
      default -> replay(true);
    };
  }

  private List<String> replay(boolean odd) {
    List<String> words = new ArrayList<>(List.of("replay", Catalogue.JOB));
    int seconds = MIN_WATCH_SECONDS.get(random.nextInt(MIN_WATCH_SECONDS.size()));
    words.addAll(List.of("--set", "min-watch=" + (seconds == 0 ? "0" : seconds + "s")));
    if (random.nextInt(3) == 0) {
      words.addAll(List.of("--rate", Integer.toString(2_000 + random.nextInt(8_000))));
    }
    if (random.nextInt(2) == 0) {
      words.addAll(List.of("--parallelism", Integer.toString(1 + random.nextInt(2))));
    }
    if (random.nextInt(odd ? 2 : 8) == 0) {
      words.add("--to-fence-only");
    }
    if (random.nextInt(3) == 0) {
      words.addAll(List.of("--wait", "--timeout", "60s"));
    }
    return words;
  }

  private static List<String> goOn() {
    return List.of("replay", Catalogue.JOB, "--wait", "--timeout", "60s");
  }

  private static List<String> waiting() {
    return List.of("wait", Catalogue.JOB, "--timeout", "60s");
  }

  private static List<String> verify() {
    return List.of("verify", Catalogue.JOB, "--timeout", "60s");
  }

  private static List<String> cutover(boolean accepted) {
    return accepted
        ? List.of("cutover", Catalogue.JOB, "--timeout", "15s", "--accept", "it's chaos")
        : List.of("cutover", Catalogue.JOB, "--timeout", "15s");
  }

  private static List<String> rollback() {
    return List.of("rollback", Catalogue.JOB, "--timeout", "15s");
  }

  private static List<String> abort() {
    return List.of("abort", Catalogue.JOB);
  }

  /** The oldest that stands by, or any. */
  private List<String> retire(Catalogue now) {
    int number =
        now.versions().entrySet().stream()
            .filter(each -> each.getValue().phase().equals("STANDBY"))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse(1 + random.nextInt(now.versions().size() + 1));
    return List.of(
        "retire",
        Catalogue.JOB,
        "--version",
        Integer.toString(number),
        "--grace",
        (1 + random.nextInt(5)) + "s");
  }
}
