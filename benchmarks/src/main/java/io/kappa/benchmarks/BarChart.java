package io.kappa.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** Bars with a name and a figure each, as an SVG image. */
public final class BarChart {

  private static final int NAME_WIDTH = 230;
  private static final int BARS_WIDTH = 460;
  private static final int FIGURE_WIDTH = 70;
  private static final int ROW = 24;
  private static final int TOP = 40;

  private record Bar(String name, double value, boolean isOurs) {}

  private final String title;
  private final List<Bar> bars = new ArrayList<>();

  /**
   * @param title with the unit
   */
  public BarChart(String title) {
    this.title = title;
  }

  /**
   * Adds a bar at the bottom.
   *
   * @param value 0 or more
   * @param isOurs whether it is the one that the others are held against
   */
  public void bar(String name, double value, boolean isOurs) {
    bars.add(new Bar(name, value, isOurs));
  }

  /** The image. It has a background of its own, so that it can be read on any page. */
  public String svg() {
    double most = bars.stream().mapToDouble(Bar::value).max().orElse(1);
    int width = NAME_WIDTH + BARS_WIDTH + FIGURE_WIDTH;
    int height = TOP + ROW * bars.size() + ROW / 2;
    StringBuilder svg =
        new StringBuilder(
            Text.format(
                """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" \
                font-family="sans-serif" font-size="13">
                <rect width="%1$d" height="%2$d" fill="#ffffff"/>
                <text x="12" y="24" font-weight="bold" fill="#222222">%3$s</text>
                """,
                width, height, escaped(title)));
    int y = TOP;
    for (Bar bar : bars) {
      double length = bar.value() / most * BARS_WIDTH;
      svg.append(
          Text.format(
              """
              <text x="%1$d" y="%2$d" text-anchor="end" fill="#222222">%3$s</text>
              <rect x="%4$d" y="%5$d" width="%6$.1f" height="%7$d" fill="%8$s"/>
              <text x="%9$.1f" y="%2$d" fill="#222222">%10$,.1f</text>
              """,
              NAME_WIDTH - 8,
              y + ROW - 9,
              escaped(bar.name()),
              NAME_WIDTH,
              y + 3,
              length,
              ROW - 6,
              bar.isOurs() ? "#d9541e" : "#8a9bb0",
              NAME_WIDTH + length + 6,
              bar.value()));
      y += ROW;
    }
    return svg.append("</svg>\n").toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
