package io.kappa.control.cli;

import io.kappa.control.Refusal;
import io.kappa.control.catalogue.ReaderQuery;
import io.kappa.control.catalogue.ReaderQuery.Column;
import io.kappa.control.status.JobStatus;
import io.kappa.control.status.JobStatus.VersionStatus;
import io.kappa.control.status.StatusReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the demo shows of the serving store, moment by moment. */
final class DemoFigures {

  /**
   * Something that readers can ask.
   *
   * @param form how a row is shown, all of its values as text
   */
  private record Panel(String title, String query, String form) {}

  private static final List<Panel> PANELS =
      List.of(
          new Panel(
              "items of this hour: events, users, revenue",
              """
              SELECT item_id, events, users, round(revenue_cents / 100.0, 2)
                FROM activity_metrics.item_hourly
               WHERE hour = (SELECT max(hour) FROM activity_metrics.item_hourly)
               ORDER BY events DESC, item_id LIMIT 3
              """,
              "  %-10s %8s %8s %12s"),
          new Panel(
              "tags of the last hour: posts",
              """
              SELECT '#' || tag, posts FROM trending.top_hashtags
               WHERE window_end = (SELECT min(window_end) FROM trending.top_hashtags
                                    WHERE window_end > now())
               ORDER BY rank LIMIT 3
              """,
              "  %-20s %6s"),
          new Panel(
              "pairs of items with the most users in common: users",
              """
              SELECT item_id || ' and ' || other_item_id, together
                FROM recommendations.similar_items
               WHERE rank = 1 AND item_id < other_item_id
               ORDER BY together DESC, item_id LIMIT 3
              """,
              "  %-20s %6s"),
          new Panel(
              "newest alerts: account, amount, rule",
              """
              SELECT account_id, round(amount_cents / 100.0, 2), rule_id
                FROM fraud_detection.alerts
               ORDER BY at DESC, transaction_id, rule_id LIMIT 3
              """,
              "  %-10s %12s  %s"));

  private final StatusReader status;
  private final ReaderQuery reader;

  DemoFigures(StatusReader status, ReaderQuery reader) {
    this.status = status;
    this.reader = reader;
  }

  /** The figures as lines; if a part is away, the line that says so. */
  List<String> lines() {
    try {
      List<String> lines = new ArrayList<>();
      for (JobStatus job : status.read()) {
        job.versions().forEach(version -> lines.add(line(version)));
      }
      PANELS.forEach(panel -> lines.addAll(shown(panel)));
      return List.copyOf(lines);
    } catch (Refusal away) {
      return List.of(away.getMessage(), "  -> " + away.remedy());
    }
  }

  private static String line(VersionStatus version) {
    return "%s  %s %s  lag %s  applied %,d  quarantined %,d%s"
        .formatted(
            version.name(),
            version.phase(),
            version.engine(),
            version.lag().isPresent() ? "%,d".formatted(version.lag().getAsLong()) : "unknown",
            version.counts().applied(),
            version.counts().quarantined(),
            version.trouble().map(why -> "  restarting: " + why).orElse(""));
  }

  private List<String> shown(Panel panel) {
    List<String> lines = new ArrayList<>(List.of(panel.title()));
    reader.ask(
        panel.query(),
        new ReaderQuery.Answer() {
          @Override
          public void columns(List<Column> columns) {}

          @Override
          public void row(List<Optional<String>> values) {
            Object[] texts = values.stream().map(value -> value.orElse("")).toArray();
            lines.add(String.format(Locale.ROOT, panel.form(), texts));
          }
        });
    return lines;
  }
}
