package io.kappa.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is read.
 *
 * @param name as it stands in the tables of figures
 * @param load the {@code kappa} command that puts it into the log
 * @param known figures of its tables that are known from elsewhere
 * @param settings with which it is read
 */
public record Input(
    String name, List<String> load, Map<String, Long> known, List<Setting> settings) {

  /** That many generated events. */
  static Input generated(long events) {
    return new Input(
        "generated",
        List.of("generate", "--topic=activity", "--events=" + events, "--seed=1"),
        Map.of(),
        Setting.ALL);
  }

  /**
   * That many generated events, of which each is a new one, in time, and whole.
   *
   * @param options more of {@code kappa generate}
   */
  public static Input clean(long events, String... options) {
    List<String> load =
        new ArrayList<>(
            List.of(
                "generate",
                "--topic=activity",
                "--events=" + events,
                "--seed=1",
                "--duplicates=0",
                "--late=0",
                "--broken=0"));
    load.addAll(List.of(options));
    return new Input("clean", List.copyOf(load), Map.of(), Setting.EACH_SECOND);
  }

  /** The invoices of an online shop, with the sums that their file is known to have. */
  public static Input onlineRetail(Path file) {
    return new Input(
        "online-retail",
        List.of("load", "activity", file.toAbsolutePath().toString(), "--mapping=online-retail"),
        Map.of(
            "item_totals.events", 320_705L,
            "item_totals.quantity", 3_089_482L,
            "item_totals.revenue_cents", 576_193_138L,
            "item_totals.rows", 3_774L,
            "item_hourly.rows", 278_944L,
            "item_hourly.users", 226_240L,
            "country_hourly.rows", 3_315L),
        Setting.EACH_SECOND);
  }
}
