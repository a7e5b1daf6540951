package io.kappa.control.cli;

import io.kappa.control.Refusal;
import io.kappa.control.catalogue.ReaderQuery;
import io.kappa.control.catalogue.ReaderQuery.Column;
import io.kappa.control.status.JobStatus;
import io.kappa.control.status.JobStatus.VersionStatus;
import io.kappa.control.status.StatusReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the demo shows of the serving store, moment by moment. */
final class DemoFigures {

  private static final String TOP =
      """
      SELECT item_id, events, users, revenue_cents / 100.0
        FROM activity_metrics.item_hourly
       WHERE hour = (SELECT max(hour) FROM activity_metrics.item_hourly)
       ORDER BY events DESC, item_id LIMIT 5
      """;

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
      lines.add("items of this hour");
      lines.addAll(top());
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

  private List<String> top() {
    List<String> lines = new ArrayList<>();
    reader.ask(
        TOP,
        new ReaderQuery.Answer() {
          @Override
          public void columns(List<Column> columns) {}

          @Override
          public void row(List<Optional<String>> values) {
            List<String> texts = values.stream().map(value -> value.orElse("0")).toList();
            lines.add(
                String.format(
                    java.util.Locale.ROOT,
                    "  %-8s %,6d events  %,6d users  %,12.2f revenue",
                    texts.get(0),
                    Long.parseLong(texts.get(1)),
                    Long.parseLong(texts.get(2)),
                    Double.parseDouble(texts.get(3))));
          }
        });
    return lines;
  }
}
