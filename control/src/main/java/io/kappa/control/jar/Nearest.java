package io.kappa.control.jar;

import io.kappa.control.Refusal;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What somebody meant who mistyped a name. */
public final class Nearest {

  private static final int FARTHEST = 4;

  private Nearest() {}

  /** A refusal that says which names there are, and which one may have been meant. */
  public static Refusal refusal(String kind, String given, Collection<String> names) {
    String there = names.isEmpty() ? "there is none" : "there is " + String.join(", ", names);
    return new Refusal(
        "There is no %s called %s".formatted(kind, given),
        to(given, names).map(name -> "did you mean %s? ".formatted(name)).orElse("") + there);
  }

  /** The name that is nearest to what was given, if one is near. */
  static Optional<String> to(String given, Collection<String> names) {
    return names.stream()
        .filter(name -> edits(given, name) <= Math.min(FARTHEST, name.length() / 2))
        .min(Comparator.comparingInt(name -> edits(given, name)));
  }

  /** Levenshtein's distance. */
  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
