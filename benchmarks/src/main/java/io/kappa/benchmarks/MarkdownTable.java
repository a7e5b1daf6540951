package io.kappa.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A table in Markdown; the first column is text, the others are figures. */
public final class MarkdownTable {

  private final List<String> lines = new ArrayList<>();

  /** A table with these heads. */
  public MarkdownTable(String... heads) {
    row(heads);
    List<String> rule = new ArrayList<>(Collections.nCopies(heads.length, "---:"));
    rule.set(0, "---");
    row(rule.toArray(String[]::new));
  }

  /** Adds a row. */
  public void row(String... cells) {
    lines.add("| " + String.join(" | ", cells) + " |");
  }

  @Override
  public String toString() {
    return String.join("\n", lines) + "\n";
  }
}
