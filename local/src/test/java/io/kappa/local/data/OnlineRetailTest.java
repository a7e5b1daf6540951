package io.kappa.local.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kappa.common.event.Activity;
import io.kappa.common.event.serde.Decoded;
import io.kappa.common.event.serde.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The shipped mapping, against sums over the whole file that were made with other tools. */
class OnlineRetailTest {

  private static final Path SHARED =
      Path.of(
          System.getProperty(
              "kappa.shared", Path.of(System.getProperty("kappa.home"), "../shared").toString()));

  private static final Path FILE =
      SHARED.resolve("data/online-retail/online-retail-2010-12-to-2011-08.csv.gz");

  private final Map<String, Long> sums = new TreeMap<>();
  private final Set<String> eventIds = new HashSet<>();
  private final Set<String> items = new HashSet<>();
  private final Map<String, Set<String>> usersPerItemAndHour = new HashMap<>();
  private final Set<String> countriesAndHours = new HashSet<>();

  @Test
  void theShippedMappingGivesTheSumsOfTheWholeFile() throws IOException {
    assumeTrue(Files.isRegularFile(FILE), () -> FILE + " isn't beside this checkout");

    try (InputFile in = InputFile.open(FILE)) {
      Entries rows = MappedRows.open(in, Mapping.named("online-retail"));
      for (Entry row = rows.next(); row != null; row = rows.next()) {
        add(decoded(row));
      }
    }

    Map<String, Long> expected = new LinkedHashMap<>();
    expected.put("events", 320_705L);
    expected.put("quantity", 3_089_482L);
    expected.put("amountCents", 576_193_138L);
    expected.put("without user", 88_652L);
    expected.put("returns", 6_772L);
    expected.put("22423 events", 1_572L);
    expected.put("22423 quantity", 9_796L);
    expected.put("22423 amountCents", 12_408_492L);
    assertThat(sums).containsExactlyInAnyOrderEntriesOf(expected);
    assertThat(eventIds).hasSize(320_705);
    assertThat(items).hasSize(3_774);
    assertThat(usersPerItemAndHour).hasSize(278_944);
    assertThat(usersPerItemAndHour.values().stream().mapToLong(Set::size).sum()).isEqualTo(226_240);
    assertThat(countriesAndHours).hasSize(3_315);
  }

  private static Activity decoded(Entry row) {
    byte[] json = ((Entry.Value) row).bytes();
    return ((Decoded.Ok<Activity>) Topics.ACTIVITY.decoder().decode(json)).event();
  }

  private void add(Activity event) {
    long hour = Math.floorDiv(event.at(), 3_600_000L);
    add("events", 1);
    add("quantity", event.quantity());
    add("amountCents", event.amountCents());
    add("without user", event.userId() == null ? 1 : 0);
    add("returns", event.kind() == Activity.Kind.RETURN ? 1 : 0);
    if (event.itemId().equals("22423")) {
      add("22423 events", 1);
      add("22423 quantity", event.quantity());
      add("22423 amountCents", event.amountCents());
    }
    eventIds.add(event.eventId());
    items.add(event.itemId());
    countriesAndHours.add(event.country() + "@" + hour);
    Set<String> users =
        usersPerItemAndHour.computeIfAbsent(event.itemId() + "@" + hour, key -> new HashSet<>(2));
    if (event.userId() != null) {
      users.add(event.userId());
    }
  }

  private void add(String name, long amount) {
    sums.merge(name, amount, Long::sum);
  }
}
